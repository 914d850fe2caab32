import type { Client } from '../../model/clients/client.ts'
import { hasKeys } from '../../model/clients/client-metadata.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { checkScopes } from '../../model/scopes/check-scopes.ts'
import { checkKeys } from './client-keys.ts'
import { checkName } from './name-rules.ts'
import { checkRedirectUri } from './redirect-uri.ts'

/* Rules for registrations, the same for new, changed and imported clients. */

/** Checks all fields of a registration together. */
export function checkRegistration(client: Registration): void {
  checkName(client.name)
  checkKeys(client.metadata)
  for (const uri of client.redirectUris) checkRedirectUri(uri, client.policy)
  checkScopes(client.scopes)
  if (client.type === 'public' && client.grantTypes.includes('client_credentials')) {
    throw new Refusal('parameter-invalid', 'public client with client_credentials', {
      parameter: 'grant_types',
      sentence: 'A public client has no secret and cannot use client_credentials.',
    })
  }
  if (client.policy.allowedScopes === 'unreserved' && client.grantTypes.includes('client_credentials'))
    throw new Refusal('parameter-missing', 'client_credentials without scopes', {
      parameter: 'scope',
      sentence: 'The grant client_credentials needs scopes: no person is asked what such a client may do.',
    })
  if (client.type === 'public' && hasKeys(client))
    throw new Refusal('parameter-invalid', 'public client with keys', {
      parameter: 'jwks',
      sentence: 'A public client has no keys. Register it as a confidential one.',
    })
  if (client.grantTypes.includes('authorization_code') && client.redirectUris.length === 0) {
    throw new Refusal('parameter-missing', 'authorization_code without redirect address', {
      parameter: 'redirect_uris',
      sentence: 'The grant authorization_code needs at least one redirect address.',
    })
  }
}

export type Registration = Pick<
  Client,
  'name' | 'redirectUris' | 'grantTypes' | 'scopes' | 'type' | 'policy' | 'metadata'
>
