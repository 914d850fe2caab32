import { jwtLookup } from '../../crypto/credential-format.ts'
import { isTooEarly } from '../../model/jwt-claims.ts'
import { Refusal } from '../../model/refusal.ts'
import { readJwt } from '../check/read-jwt.ts'
import type { Source, World } from '../world.ts'

/**
 * Has this token ended? Only for a token that we signed; whoever shows anything else learns nothing. Ended means
 * expired, revoked, or its user is gone or disabled.
 */
export async function hasTokenEnded(needs: ReadNeeds, _who: unknown, ask: ShownToken): Promise<boolean> {
  const claims = await readJwt(needs, ask.presented, 'JWT')
  if (!claims) throw new Refusal('credential-unknown', 'not a token of ours')
  const facts = await needs.directory.facts(needs.vault.fingerprint(jwtLookup(claims.jti)))
  if (facts?.credential.kind !== 'user-token' || claims.exp * 1000 <= needs.now() || isTooEarly(claims, needs.now()))
    return true
  const { credential, user } = facts
  return credential.revokedAt !== undefined || (credential.expiresAt ?? 0) <= needs.now() || user?.active !== true
}

/** Ends a token. Anything that is not a live token of ours is over already, and is not remembered. */
export async function endUserToken(needs: EndNeeds, _who: unknown, ask: ShownToken): Promise<void> {
  const claims = await readJwt(needs, ask.presented, 'JWT')
  if (!claims) return
  const credential = await needs.credentials.find(needs.vault.fingerprint(jwtLookup(claims.jti)))
  if (credential?.kind !== 'user-token' || !credential.userId) return
  await needs.credentials.revoke(credential.id, {
    at: needs.now(),
    event: 'signed-out',
    about: 'credential',
    aboutId: credential.id,
    actor: credential.userId,
    userId: credential.userId,
    credentialId: credential.id,
    ...ask.from,
  })
}

export type ShownToken = { presented: string; from: Source }
type ReadNeeds = Pick<World, 'directory' | 'signer' | 'rules' | 'vault' | 'now'>
type EndNeeds = Pick<World, 'credentials' | 'signer' | 'rules' | 'vault' | 'now'>
