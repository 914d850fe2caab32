import { jwtLookup } from '../../crypto/credential-format.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Source, World } from '../world.ts'

/**
 * Has this token ended? Only for a token that we signed; whoever shows anything else learns nothing. Ended means
 * expired, revoked, or its user is gone or disabled.
 */
export async function hasTokenEnded(needs: ReadNeeds, _who: unknown, ask: ShownToken): Promise<boolean> {
  const claims = await needs.signer.verify(ask.presented, ['JWT'])
  if (typeof claims?.['jti'] !== 'string') throw new Refusal('credential-unknown', 'not a token of ours')
  const facts = await needs.directory.facts(needs.vault.fingerprint(jwtLookup(claims['jti'])))
  if (facts?.credential.kind !== 'user-token') return true
  const { credential, user } = facts
  return credential.revokedAt !== undefined || (credential.expiresAt ?? 0) <= needs.now() || user?.active !== true
}

/** Ends a token. Anything that is not a live token of ours is over already, and is not remembered. */
export async function endUserToken(needs: EndNeeds, _who: unknown, ask: ShownToken): Promise<void> {
  const claims = await needs.signer.verify(ask.presented, ['JWT'])
  if (typeof claims?.['jti'] !== 'string') return
  const credential = await needs.credentials.find(needs.vault.fingerprint(jwtLookup(claims['jti'])))
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
type ReadNeeds = Pick<World, 'directory' | 'signer' | 'vault' | 'now'>
type EndNeeds = Pick<World, 'credentials' | 'signer' | 'vault' | 'now'>
