import { endUserToken } from '../../../core/credentials/end-user-token.ts'
import { hasTokenEnded } from '../../../core/credentials/has-token-ended.ts'
import { issueUserToken } from '../../../core/credentials/issue/issue-user-token.ts'
import { beginSecondFactor } from '../../../core/sign-in/methods/begin-second-factor.ts'
import { confirmSecondFactor, pendingCode } from '../../../core/sign-in/methods/confirm-second-factor.ts'
import { needsSecondFactor } from '../../../core/sign-in/methods/needs-second-factor.ts'
import { requireProof } from '../../../core/sign-in/require-proof.ts'
import { addItem } from '../../../core/workspaces/add-item.ts'
import { deleteMember } from '../../../core/workspaces/delete-member.ts'
import { describeMember } from '../../../core/workspaces/describe-member.ts'
import { inviteMember } from '../../../core/workspaces/invite-member.ts'
import { registerMember } from '../../../core/workspaces/register-member.ts'
import { type TokenHolder, updateMember } from '../../../core/workspaces/update-member.ts'
import type { World } from '../../../core/world.ts'
import type { Method, On, Path } from '../../../http/place.ts'
import type { Act } from '../../../model/users/actor.ts'
import { anonymous, anyone, selfRegistration } from '../../callers/anyone.ts'
import { type Dialect, type Route, route } from '../../dialect.ts'
import * as show from './answers.ts'
import * as read from './asks.ts'
import { member, recentMember, tokenHolder } from './callers.ts'
import { REFUSALS, refuseZebbra } from './refusals.ts'

/** Two routes for one decision: at the path in the documentation, and at the path to which the original moved it. */
const twice = (method: Method, path: Path, row: (on: On) => Route): Route[] => [
  row([method, path]),
  row([method, `/auth${path}`]),
]
const cors = 'any-origin'

/** Zebbra (github.com/leo-pfeiffer/zebbra): accounts with workspaces and 30-minute tokens. */
export const zebbra: Dialect = {
  name: 'zebbra',
  switchedBy: 'zebbra',
  prefixes: ['/register', '/token', '/token/expired', '/logout', '/auth', '/user', '/workspace', '/model'],
  refuse: refuseZebbra,
  answers: { by: 'Zebbra', of: code => ({ status: REFUSALS[code].status }) },
  routes: [
    ...twice('POST', '/register', on =>
      route({
        on,
        cors,
        when: read.isNoPageForm,
        caller: selfRegistration,
        body: 'read',
        decode: read.registration,
        decide: registerMember,
        encode: show.member,
      }),
    ),
    ...twice('POST', '/token', on =>
      route({
        on,
        cors,
        body: 'read',
        multipart: 'read',
        caller: anonymous,
        decode: read.signIn,
        decide: issueUserToken,
        encode: show.token,
      }),
    ),
    ...twice('GET', '/token/expired', on =>
      route({ on, cors, caller: tokenHolder, decode: read.shownToken, decide: hasTokenEnded, encode: show.expired }),
    ),
    ...twice('POST', '/logout', on =>
      route({
        on,
        cors,
        when: read.isNoPageForm,
        caller: tokenHolder,
        decode: read.shownToken,
        decide: endUserToken,
        encode: show.message('Logged out.'),
      }),
    ),
    route({
      on: ['GET', '/user'],
      cors,
      caller: member,
      decode: () => undefined,
      decide: describeMember,
      encode: show.member,
    }),
    ...(['/user', '/user/update'] as const).map(path =>
      route({
        on: ['POST', path],
        cors,
        body: 'read',
        multipart: 'read',
        caller: member,
        decode: read.changes,
        decide: updateMember,
        encode: show.plainUser,
      }),
    ),
    route({
      on: ['DELETE', '/user'],
      cors,
      caller: recentMember,
      decode: () => undefined,
      decide: deleteMember,
      encode: show.message('User deleted.'),
    }),
    route({
      on: ['POST', '/user/otp/create'],
      cors,
      caller: recentMember,
      decode: read.newOtp,
      decide: beginSecondFactor,
      encode: show.newOtp,
    }),
    route({
      on: ['POST', '/user/otp/validate'],
      cors,
      caller: member,
      decode: read.otp,
      decide: validateOtp,
      encode: show.validated,
    }),
    route({
      on: ['GET', '/user/requiresOtp'],
      cors,
      caller: anonymous,
      decode: read.nameInQuestion,
      decide: needsSecondFactor,
      encode: show.requiresOtp,
    }),
    route({
      on: ['POST', '/workspace/inviteCode'],
      cors,
      caller: member,
      decode: read.workspace,
      decide: inviteMember,
      encode: show.invitation,
    }),
    route({
      on: ['POST', '/model/add'],
      cors,
      caller: member,
      decode: read.model,
      decide: addItem,
      encode: show.model,
    }),
    route({
      on: ['GET', '/'],
      cors,
      when: read.isNoBrowser,
      caller: anyone,
      decode: () => undefined,
      decide: () => undefined,
      encode: show.message('Hello Zebbra!'),
    }),
  ],
}

/**
 * A correct code activates a pending second factor, which requires a recent sign-in. For an active factor it changes
 * nothing.
 */
async function validateOtp(world: World, act: Act<TokenHolder>, ask: { code: string }) {
  if (pendingCode(await world.authenticators.ofUser(act.by.user.id))) await requireProof(world, act)
  return { ...ask, valid: await confirmSecondFactor(world, act, ask) }
}
