import type { Act } from '../../model/actor.ts'
import type { Credential } from '../../model/credential.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import type { World } from '../world.ts'
import { findCredential } from './find-credential.ts'

/** Ends a credential by its id; one that refreshes takes its whole family along. Idempotent. */
export async function revokeCredential(needs: Needs, act: Act, ask: RevokeCredential): Promise<RevokedCredential> {
  const credential = await findCredential(needs, act, ask.credentialId, 'revokeCredential')
  const at = needs.now()
  const family = credential.kind === 'refresh-token' ? credential.grantId : undefined
  const thing = { ...aboutCredential(credential), ...(family && { about: 'grant', aboutId: family }) }
  const revoked = entry(act, 'revoked', thing, { at, reason: ask.reason })
  const count = family
    ? await needs.credentials.revokeGrant(family, revoked)
    : await needs.credentials.revoke(credential.id, revoked)
  return { credential: { ...credential, revokedAt: credential.revokedAt ?? at }, count }
}

export type RevokeCredential = { credentialId: string; reason?: string }
export type RevokedCredential = { credential: Credential; count: number }
type Needs = Pick<World, 'credentials' | 'clients' | 'now'>
