import { withinAllowed } from '../../model/clients/client.ts'
import { countedBy } from '../../model/credentials/counted-by.ts'
import { networksOf } from '../../model/credentials/credential.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import { effectiveScopes } from '../../model/users/user.ts'
import type { CredentialFacts } from '../../ports/stores.ts'
import type { Acceptance } from './check-rules.ts'

/** The current scopes of the credential: at most those that its owner and client may have now. */
export function scopesOf(
  { credential, user, client }: CredentialFacts,
  { scopes: all = [], anyScope = [] }: Pick<Acceptance, 'scopes' | 'anyScope'>,
): Scope[] {
  const scopes = effectiveScopes(credential.scopes, user, [...all, ...anyScope])
  return credential.kind === 'access-token' && client ? withinAllowed(client, scopes) : scopes
}

export function principalOf(facts: CredentialFacts, scopes: Scope[] = scopesOf(facts, {})): Principal {
  const { credential, user, client } = facts
  const principal: Principal = {
    kind: credential.kind,
    credentialId: credential.id,
    scopes,
    audience: credential.audience,
    issuedAt: credential.createdAt,
  }
  if (user) principal.subject = { id: user.id, number: user.number, handle: user.handle }
  if (client) principal.client = { id: client.id, name: client.name }
  if (credential.expiresAt !== undefined) principal.expiresAt = credential.expiresAt
  if (user && !credential.scopes) principal.allScopes = true
  if (credential.grantId) principal.grantId = credential.grantId
  if (credential.stated) principal.countedBy = countedBy(credential)
  const networks = networksOf(credential)
  if (networks) principal.networks = [...networks]
  return principal
}
