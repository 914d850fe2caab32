import { type Credential, networksOf } from '../../model/credentials/credential.ts'
import { intersect } from '../../model/scopes/scope.ts'
import type { CredentialFacts } from '../../ports/stores.ts'

/**
 * Limits an access token whose grant was made from a key: to the scopes, networks and expiry that the key has now. The
 * token ends with the key. All rules then check the token with these limits.
 */
export function underKey(facts: CredentialFacts): CredentialFacts {
  const { credential, grant, parent } = facts
  if (grant?.parentId === undefined || credential.kind !== 'access-token') return facts
  if (!parent || parent.revokedAt !== undefined) return { ...facts, ended: 'with-its-key' }
  return { ...facts, credential: { ...credential, ...limitedBy(parent, credential) } }
}

function limitedBy(key: Credential, { scopes = [], expiresAt, disabledAt }: Credential<'access-token'>) {
  const ends = [expiresAt, key.expiresAt].filter(end => end !== undefined)
  const disabled = disabledAt ?? key.disabledAt
  const networks = networksOf(key)
  return {
    scopes: key.scopes ? intersect(scopes, key.scopes) : scopes,
    ...(ends.length > 0 && { expiresAt: Math.min(...ends) }),
    ...(disabled !== undefined && { disabledAt: disabled }),
    data: networks ? { networks } : {},
  }
}
