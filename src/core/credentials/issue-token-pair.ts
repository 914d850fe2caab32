import { randomId } from '../../crypto/credential-format.ts'
import type { Credential } from '../../model/credential.ts'
import { dayOf, endAfterDays } from '../../model/day.ts'
import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { checkAbove, type Grantor, isOwn, requirePower } from '../authority.ts'
import { checkName } from '../clients/client-rules.ts'
import { type AuthenticateUser, authenticateUser } from '../sign-in/authenticate-user.ts'
import type { Source, World } from '../world.ts'
import { type Making, makeCredential, pairLookup, storeFor } from './make-credential.ts'

/** A user signs in with name and password and gets a token to use together with their number. Each sign-in, its own token. */
export async function signInForPair(needs: SignInNeeds, _nobody: undefined, ask: AuthenticateUser): Promise<TokenPair> {
  const user = await authenticateUser(needs, ask)
  return issue(needs, user, { actor: user.id, days: needs.rules.pairDays, from: ask.from })
}

/** Somebody who may makes a pair for a user, good for as many days as they say, or until it is revoked. */
export async function issueTokenPair(needs: Needs, by: Grantor, ask: IssueTokenPair): Promise<TokenPair> {
  const user = await needs.users.byId(ask.userId)
  if (!user) throw new Refusal('user-unknown', `no user ${ask.userId}`)
  if (!isOwn(by, user.id)) {
    requirePower(by, 'credentials:write')
    checkAbove(by, user)
  }
  if (!user.active) throw new Refusal('owner-disabled', `${user.handle} is disabled`)
  if (ask.name !== undefined) checkName(ask.name)
  const { days = needs.rules.pairDays, name, from } = ask
  if (days !== 'until-revoked' && !(Number.isInteger(days) && days >= 0 && days <= 36_500))
    throw new Refusal('parameter-invalid', `days ${days}`, {
      parameter: 'days',
      sentence: 'The days are a whole number from 0 to 36500, or "until-revoked".',
    })
  return issue(needs, user, { actor: by.actor, days, from, ...(name !== undefined && { name }) })
}

async function issue(needs: Needs, user: User, ask: Issue): Promise<TokenPair> {
  const now = needs.now()
  const token = mintToken(now)
  const fields: Making = { userId: user.id, createdAt: now }
  if (ask.name !== undefined) fields.name = ask.name
  if (ask.days !== 'until-revoked') fields.expiresAt = endAfterDays(dayOf(now), ask.days)
  const { credential } = makeCredential(needs, 'token-pair', {
    ...fields,
    secret: token,
    lookedUpBy: pairLookup(user.number, token),
  })
  await storeFor(needs, user, credential, {
    at: now,
    event: 'issued',
    about: 'credential',
    aboutId: credential.id,
    actor: ask.actor,
    userId: user.id,
    credentialId: credential.id,
    ...ask.from,
  })
  return { token, user, credential }
}

/** The shape that clients and their routes expect: three characters for the day, a hyphen, 20 hex digits; those are random. */
const mintToken = (now: number): string => `${dayOf(now).toString(36).padStart(3, '0')}-${randomId().slice(0, 20)}`

export type TokenPair = { token: string; user: User; credential: Credential }
export type IssueTokenPair = {
  userId: string
  /** Days after the day of issue; absent: as the installation settles. */
  days?: number | 'until-revoked'
  name?: string
  from: Source
}
type Issue = { actor: string; days: number | 'until-revoked'; name?: string; from: Source }
type Needs = Pick<World, 'users' | 'credentials' | 'vault' | 'rules' | 'now'>
type SignInNeeds = Needs & Pick<World, 'passwords' | 'throttle' | 'familiar' | 'witness'>
