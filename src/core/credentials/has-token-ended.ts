import { jwtLookup } from '../../crypto/credential-format.ts'
import { isTooEarly } from '../../model/credentials/jwt-claims.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import { readJwt } from '../check/read-jwt.ts'
import type { World } from '../world.ts'

/**
 * True if a token that we signed has ended: it is expired or revoked, or its user is deleted or disabled. False for
 * every other text.
 */
export async function hasTokenEnded(needs: Needs, _act: Act, ask: { presented: string }): Promise<boolean> {
  const claims = await readJwt(needs, ask.presented, 'JWT')
  if (!claims) throw new Refusal('credential-unknown', 'not a token of ours')
  const facts = await needs.lookups.facts(needs.vault.fingerprint(jwtLookup(claims.jti)))
  if (facts?.credential.kind !== 'user-token' || claims.exp * 1000 <= needs.now() || isTooEarly(claims, needs.now()))
    return true
  const { credential, user } = facts
  return credential.revokedAt !== undefined || (credential.expiresAt ?? 0) <= needs.now() || user?.active !== true
}

type Needs = Pick<World, 'lookups' | 'signer' | 'rules' | 'vault' | 'now'>
