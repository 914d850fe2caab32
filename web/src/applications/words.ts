import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'

export type Client = Answer<'getClient'>

/** Who registered the application. */
export const SOURCES: Record<Client['source'], string> = {
  operator: t('an operator'),
  portal: t('a developer, in the portal'),
  mastodon: t('itself, as Mastodon clients do'),
  dynamic: t('itself (RFC 7591)'),
  'resource-server': t('an API, to check credentials'),
  document: t('itself, by its metadata document'),
}
export const TYPES: Record<Client['type'], string> = { confidential: t('Confidential'), public: t('Public') }
export const TYPES_MEAN: Record<Client['type'], string> = {
  confidential: t('Runs on a server and can keep a secret.'),
  public: t('Runs in a browser or on a phone. It has no secret; PKCE protects it.'),
}
export const GRANTS: Record<Client['grant_types'][number], string> = {
  authorization_code: t('Users sign in and consent (authorization code)'),
  client_credentials: t('It acts for itself (client credentials)'),
  'urn:ietf:params:oauth:grant-type:device_code': t('Users consent on another device (device code)'),
  refresh_token: t('It can renew its access (refresh token)'),
}

export const linesOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)
