import type { Issued, TokenAsk } from '../../core/oauth/grants/grant-type.ts'
import type { Params } from '../../http/params.ts'
import { formatScopes, parseScopes } from '../../model/scope.ts'

/* The token request and its answer: shapes that every dialect with a token endpoint shares. */

/** RFC 6749 section 5.1: no answer that carries or judges a token may be stored. */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/** The token request (RFC 6749 sections 4.1.3, 4.4.2 and 6), wherever its parameters came from. */
export function tokenAsk(form: Params): TokenAsk {
  const ask: TokenAsk = { grantType: form.required('grant_type'), resources: form.all('resource') }
  const scope = form.one('scope')
  const code = form.one('code')
  const redirectUri = form.one('redirect_uri')
  const verifier = form.one('code_verifier')
  const refreshToken = form.one('refresh_token')
  if (scope !== undefined) ask.scopes = parseScopes(scope)
  if (code !== undefined) ask.code = code
  if (redirectUri !== undefined) ask.redirectUri = redirectUri
  if (verifier !== undefined) ask.verifier = verifier
  if (refreshToken !== undefined) ask.refreshToken = refreshToken
  return ask
}

export function tokenBody(issued: Issued) {
  const { accessToken, scopes, createdAt, expiresAt, refreshToken } = issued
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    // From the time of issue, so that a repeated answer says the same thing.
    ...(expiresAt !== undefined && { expires_in: Math.round((expiresAt - createdAt) / 1000) }),
    scope: formatScopes(scopes),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  }
}
