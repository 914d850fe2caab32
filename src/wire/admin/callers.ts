import type { Grantor } from '../../core/authority.ts'
import { holds, powersOf } from '../../core/authority.ts'
import { checkCredential } from '../../core/check/check-credential.ts'
import type { World } from '../../core/world.ts'
import { judge, type Problem } from '../../guard/judge.ts'
import { readPresented } from '../../guard/presented.ts'
import { header, sourceOf, type WireRequest } from '../../http/request.ts'
import { isRecent } from '../../model/age.ts'
import { Refusal, type RefusalCode } from '../../model/refusal.ts'
import { notCovered } from '../../model/scope.ts'
import type { Session } from '../../model/session.ts'
import { HOUR } from '../../model/span.ts'
import { effectiveScopes } from '../../model/user.ts'
import type { Principal } from '../../model/verdict.ts'
import { concernsOf } from '../callers/bearer.ts'
import { carrierOf } from '../callers/carriers.ts'
import type { Caller, Proven } from '../dialect.ts'
import { checkCsrf, refuseForeignOrigin, sessionOf } from '../ui/session.ts'
import type { Operation } from './contract/operation.ts'

/** Who asks something of the management API. */
export type Visitor = {
  by: Grantor
  session?: Session
  /** For whom an Idempotency-Key is remembered. */
  name: string
}

const FRESH_MILLISECONDS = HOUR
const SAFE = ['GET', 'HEAD']

/** Whoever may use this operation: a credential with the scopes, or a signed-in person with the role or about what is theirs. */
export function visitorFor(operation: Operation): Caller<Visitor> {
  return {
    name: 'credential or session',
    async prove(world, request) {
      const principal = await principalOf(world, request)
      if (principal) return byCredential(world, principal, operation)
      const session = await sessionOf(world, request)
      if (!session) throw new Refusal('credential-missing', 'neither credential nor session')
      refuseForeignOrigin(world, request)
      if (!SAFE.includes(request.method)) checkCsrf(session.csrf, header(request, 'x-claviger-csrf'))
      return { who: bySession(world, session, operation), concerns: { userId: session.user.id } }
    },
  }
}

/** Read as a guard reads it. A credential that does not pass is never made up for by a cookie. */
async function principalOf(world: World, request: WireRequest): Promise<Principal | undefined> {
  const presented = readPresented(undefined, carrierOf(request))
  if (presented.is === 'nothing' && !presented.otherScheme) return undefined
  const judgement = await judge(presented, ({ secret }) =>
    checkCredential(world, {
      presented: secret,
      audiences: [{ audience: world.rules.issuer, strictAudience: false }],
      ip: request.address.caller,
      from: sourceOf(request),
    }),
  )
  if (judgement.passed) return judgement.verdict.principal
  throw new Refusal(CODE[judgement.problem], `presented to the management API: ${judgement.problem}`)
}

/** What a caller may know is that it did not pass, and whether another one would help. */
const CODE: Record<Problem, RefusalCode> = {
  missing: 'credential-missing',
  empty: 'credential-missing',
  malformed: 'credential-malformed',
  'basic-format': 'credential-malformed',
  'basic-encoding': 'credential-malformed',
  unknown: 'credential-unknown',
  expired: 'credential-expired',
  revoked: 'credential-revoked',
  owner_disabled: 'credential-revoked',
  client_disabled: 'credential-revoked',
  wrong_audience: 'audience-wrong',
  wrong_dialect: 'dialect-wrong',
  insufficient_scope: 'scope-insufficient',
  network_not_allowed: 'network-not-allowed',
  rate_limited: 'rate-limited',
  mixed: 'credentials-mixed',
  unreadable: 'credential-malformed',
  user_required: 'user-required',
  unavailable: 'unavailable',
}

async function byCredential(world: World, principal: Principal, operation: Operation): Promise<Proven<Visitor>> {
  const user = principal.subject && (await world.users.byId(principal.subject.id))
  const scopes = user ? principal.scopes : await ofClient(world, principal)
  const by: Grantor = {
    actor: user?.id ?? principal.client?.id ?? principal.credentialId,
    scopes,
    ...(user && { user }),
  }
  const concerns = concernsOf(principal)
  if (operation.needs.length === 0)
    throw new Refusal('permission-missing', `${by.actor} is no session`, {
      sentence: 'This is for people who are signed in to the console.',
    }).concerning(concerns)
  const lacking = notCovered(scopes, operation.needs)
  if (lacking.length > 0)
    throw new Refusal('scope-insufficient', `${principal.credentialId} lacks ${lacking.join(' ')}`, {
      scopes: operation.needs,
    }).concerning(concerns)
  return { who: { by, name: `credential ${principal.credentialId}` }, concerns }
}

/** A client acts for whoever registered it, so its rights end where theirs do at this moment. */
async function ofClient(world: World, principal: Principal): Promise<string[]> {
  const client = principal.client && (await world.directory.client(principal.client.id))
  if (client?.ownerId === undefined) return principal.scopes
  const owner = await world.users.byId(client.ownerId)
  return owner?.active ? effectiveScopes(principal.scopes, owner) : []
}

function bySession(world: World, session: Session, operation: Operation): Visitor {
  const by: Grantor = { actor: session.user.id, user: session.user }
  const permitted = operation.needs.every(power => holds(by, power))
  if (!permitted && operation.self === undefined)
    throw new Refusal(
      'permission-missing',
      `${session.user.handle} lacks ${notCovered(powersOf(by), operation.needs).join(' ')}`,
      { scopes: operation.needs },
    )
  if (operation.fresh && !isRecent(session.authenticatedAt, world.now(), FRESH_MILLISECONDS))
    throw new Refusal('login-required', `session of ${session.user.handle} is too old for this`, {
      sentence: 'This needs a recent sign-in. Sign in again and repeat it.',
    })
  return { by, session, name: `user ${session.user.id}` }
}
