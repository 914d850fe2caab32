import type { Answer } from '../../../src/wire/admin/contract.ts'

export type Client = Answer<'getClient'>

export const SOURCES: Record<Client['source'], string> = {
  operator: 'an operator',
  portal: 'a developer, in the portal',
  mastodon: 'itself, as Mastodon clients do',
  dynamic: 'itself (RFC 7591)',
  'resource-server': 'an API, to check credentials',
  document: 'itself, by its metadata document',
}
export const TYPES: Record<Client['type'], { label: string; says: string }> = {
  confidential: { label: 'Confidential', says: 'Runs on a server and can keep a secret.' },
  public: { label: 'Public', says: 'Runs in a browser or on a phone. It has no secret; PKCE protects it.' },
}
export const GRANTS: Record<Client['grant_types'][number], string> = {
  authorization_code: 'Users sign in and consent (authorization code)',
  client_credentials: 'It acts for itself (client credentials)',
  'urn:ietf:params:oauth:grant-type:device_code': 'Users consent on another device (device code)',
  refresh_token: 'It can renew its access (refresh token)',
}
