import { GRANTS } from '../../core/oauth/issue-tokens.ts'
import type { World } from '../../core/world.ts'
import type { WireAnswer } from '../dialect.ts'
import { LANGUAGES } from '../ui/words/choose.ts'

/** RFC 8414 section 2: says only what is true of this server. */
export async function describeServer({ rules, scopes }: World): Promise<Record<string, unknown>> {
  const at = (path: string) => rules.issuer + path
  const authentication = ['client_secret_basic', 'client_secret_post', 'none']
  return {
    issuer: rules.issuer,
    authorization_endpoint: at('/oauth2/authorize'),
    token_endpoint: at('/oauth2/token'),
    revocation_endpoint: at('/oauth2/revoke'),
    introspection_endpoint: at('/oauth2/introspect'),
    jwks_uri: at('/.well-known/jwks.json'),
    ...(rules.dialects.includes('mastodon') && { app_registration_endpoint: at('/api/v1/apps') }),
    scopes_supported: [...new Set([...(await scopes.list()).map(({ scope }) => scope), ...rules.knownScopes])],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: GRANTS.map(({ name }) => name),
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: authentication,
    revocation_endpoint_auth_methods_supported: authentication,
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    authorization_response_iss_parameter_supported: true,
    ui_locales_supported: Object.keys(LANGUAGES),
    service_documentation: at('/docs'),
  }
}

export const showDocument = (document: object): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'public, max-age=300' },
  body: document,
})

/** RFC 7517 section 8.5.1 names the media type. Short-lived, so that a withdrawn key disappears soon. */
export const showKeys = (keys: object): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=60' },
  body: JSON.stringify(keys),
})
