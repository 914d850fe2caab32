import type { Credential } from '../../model/credential.ts'
import type { Grantor } from '../authority.ts'
import type { Source, World } from '../world.ts'
import { findCredential } from './find-credential.ts'

/** Ends a credential by its id; one that refreshes takes its whole family along. Once more changes nothing. */
export async function revokeCredential(needs: Needs, by: Grantor, ask: RevokeCredential): Promise<RevokedCredential> {
  const credential = await findCredential(needs, by, ask.credentialId, 'credentials:revoke')
  const entry = {
    at: needs.now(),
    event: 'revoked' as const,
    about: 'credential',
    aboutId: credential.id,
    actor: by.actor,
    credentialId: credential.id,
    ...(credential.userId && { userId: credential.userId }),
    ...(credential.clientId && { clientId: credential.clientId }),
    ...(ask.reason && { reason: ask.reason }),
    ...ask.from,
  }
  const family = credential.kind === 'refresh-token' ? credential.grantId : undefined
  const count = family
    ? await needs.credentials.revokeGrant(family, { ...entry, about: 'grant', aboutId: family })
    : await needs.credentials.revoke(credential.id, entry)
  return { credential: { ...credential, revokedAt: credential.revokedAt ?? entry.at }, count }
}

export type RevokeCredential = { credentialId: string; reason?: string; from: Source }
export type RevokedCredential = { credential: Credential; count: number }
type Needs = Pick<World, 'credentials' | 'clients' | 'now'>
