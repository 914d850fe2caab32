import { randomId } from '../../../crypto/credential-format.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { dayOf, endAfterDays } from '../../../model/credentials/day.ts'
import { aboutCredential, entry } from '../../../model/journal.ts'
import type { Act } from '../../../model/users/actor.ts'
import type { User } from '../../../model/users/user.ts'
import type { World } from '../../world.ts'
import { type CredentialFields, makeCredential } from './make-credential.ts'
import { pairLookup } from './pair-lookup.ts'
import { storeFor } from './store-for.ts'

/** Makes and stores a token that is used together with the number of its user. */
export async function makeTokenPair(needs: Needs, act: Act, { user, days, name }: MakeTokenPair): Promise<TokenPair> {
  const now = needs.now()
  const token = mintToken(now)
  const fields: CredentialFields<'token-pair'> = { userId: user.id, createdAt: now }
  if (name !== undefined) fields.name = name
  if (days !== 'until-revoked') fields.expiresAt = endAfterDays(dayOf(now), days)
  const { credential } = makeCredential(needs, 'token-pair', {
    ...fields,
    secret: token,
    lookedUpBy: pairLookup(user.number, token),
  })
  await storeFor(needs, user, credential, entry(act, 'issued', aboutCredential(credential), { at: now }))
  return { token, user, credential }
}

/** The format that old clients and their routes expect: three characters for the day, a hyphen, 20 random hex digits. */
const mintToken = (now: number): string => `${dayOf(now).toString(36).padStart(3, '0')}-${randomId().slice(0, 20)}`

export type TokenPair = { token: string; user: User; credential: Credential }
type MakeTokenPair = { user: User; days: number | 'until-revoked'; name?: string }
type Needs = Pick<World, 'credentials' | 'vault' | 'now'>
