import type { Client, Policy } from '../../../model/clients/client.ts'
import { formatScopes } from '../../../model/scopes/scope.ts'
import { FIELDS } from './fields.ts'
import { showLanguages } from './other-languages.ts'

/**
 * Returns a client as JSON with the names of RFC 7591 section 2, without secret. Fields that the client has not set are
 * absent.
 */
export function showClientMetadata(client: Described): Record<string, unknown> {
  const { metadata, policy } = client
  return {
    client_name: client.name,
    ...(client.website !== undefined && { client_uri: client.website }),
    redirect_uris: client.redirectUris,
    grant_types: client.grantTypes,
    response_types: client.grantTypes.includes('authorization_code') ? ['code'] : [],
    ...(client.scopes.length > 0 && { scope: formatScopes(client.scopes) }),
    ...(policy.pushedRequests === 'required' && { require_pushed_authorization_requests: true }),
    ...Object.fromEntries(
      (Object.keys(FIELDS) as (keyof typeof FIELDS)[])
        .filter(field => metadata[field] !== undefined)
        .map(field => [FIELDS[field].name, metadata[field]]),
    ),
    ...showLanguages(metadata),
  }
}

type Described = Pick<Client, 'name' | 'website' | 'redirectUris' | 'grantTypes' | 'scopes' | 'metadata'> & {
  policy: Pick<Policy, 'pushedRequests'>
}
