import { isJwtLookup, jwtLookup } from '../../crypto/credential-format.ts'
import { copyFault, copyHint } from '../../model/credentials/copied-secret.ts'
import { hasEnded, KINDS } from '../../model/credentials/credential.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, ClientActor } from '../../model/users/actor.ts'
import { readJwt } from '../check/read-jwt.ts'
import { readStated } from '../check/read-stated.ts'
import { type Stated, type StatedNeeds, statedFacts } from '../check/stated-facts.ts'
import type { World } from '../world.ts'

/** Revokes a credential for its client (RFC 7009). Revoking a refresh token ends its whole grant. */
export async function revokeToken(needs: Needs, act: Act<ClientActor>, ask: RevokeToken): Promise<Revoked> {
  const { client } = act.by
  if (isJwtLookup(ask.presented)) return { count: 0 }
  const stated = await readStated(needs, ask.presented)
  if (stated) return { count: await giveBack(needs, act, stated, ask.presented) }
  const claims = await readJwt(needs, ask.presented, 'at+jwt')
  const key = claims ? jwtLookup(claims.jti) : ask.presented
  const credential = await needs.credentials.findAny(needs.vault.fingerprint(key))
  // An unknown token needs no revocation (section 2.2). Other kinds, such as authorization codes, are ignored: otherwise a
  // person who saw a public client's code could end it without the verifier.
  if (!credential && copyFault(ask.presented) !== undefined)
    // An answer 200 to a damaged token would make the client believe that it was revoked.
    throw new Refusal('parameter-invalid', 'a token that was not copied as it is', copyHint('token', ask.presented))
  if (!credential || (!KINDS[credential.kind].bearer && credential.kind !== 'refresh-token')) return { count: 0 }
  if (credential.clientId !== client.id)
    throw new Refusal('credential-not-yours', `${client.id} gave back ${credential.id}`)

  const family = credential.kind === 'refresh-token' ? credential.grantId : undefined
  const thing = { ...aboutCredential(credential), ...(family && { about: 'grant', aboutId: family }) }
  const revoked = entry(act, 'revoked', thing, { at: needs.now() })
  const count = family
    ? await needs.credentials.revokeGrant(family, revoked)
    : await needs.credentials.revoke(credential.id, revoked)
  return { count }
}

/** Revokes a token without a row: stores its id until the token would have expired. */
async function giveBack(needs: Needs, act: Act<ClientActor>, stated: Stated, presented: string): Promise<number> {
  const { client } = act.by
  const { credential, ended } = await statedFacts(needs, stated, presented)
  if (credential.clientId !== client.id)
    throw new Refusal('credential-not-yours', `${client.id} gave back ${credential.id}`)
  if (ended || hasEnded(credential.expiresAt, needs.now())) return 0
  const revoked = entry(act, 'revoked', aboutCredential(credential), { at: needs.now() })
  return needs.endedStatements.end({ id: stated.id, endsAt: stated.expiresAt }, revoked)
}

export type RevokeToken = { presented: string }
export type Revoked = { count: number }
type Needs = StatedNeeds & Pick<World, 'credentials' | 'endedStatements' | 'statements' | 'vault' | 'signer' | 'rules'>
