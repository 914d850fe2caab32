import type { Issued } from '../../core/oauth/grants/grant-type.ts'
import { GRANTS } from '../../core/oauth/grants/grants.ts'
import type { TokenRequest } from '../../core/oauth/issue-tokens.ts'
import { REPEATABLE } from '../../core/oauth/parameters.ts'
import type { Params } from '../../http/params.ts'
import { TOKEN_TYPE } from '../../model/credentials/scheme.ts'
import { formatScopes } from '../../model/scopes/scope.ts'

/* The token request and its answer, shared by all dialects with a token endpoint. */

/** RFC 6749 section 5.1: no answer about a token may be cached. */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/**
 * Reads the token request. The list of grants defines the parameters; none may be repeated, even if the requested grant does
 * not use it (RFC 6749 section 3.2).
 */
export function tokenRequest(parameters: Params): TokenRequest {
  for (const name of SINGLE) parameters.one(name)
  return { grantType: parameters.required('grant_type'), parameters }
}
const SINGLE = [...new Set(GRANTS.flatMap(grant => grant.parameters))].filter(name => !REPEATABLE.includes(name))

export function tokenBody(issued: Issued) {
  const { accessToken, scopes, createdAt, expiresAt, refreshToken, idToken } = issued
  return {
    access_token: accessToken,
    token_type: TOKEN_TYPE,
    // The life is counted from the time of issue, so that a repeated answer has the same value.
    ...(expiresAt !== undefined && { expires_in: Math.round((expiresAt - createdAt) / 1000) }),
    scope: formatScopes(scopes),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(idToken !== undefined && { id_token: idToken }),
  }
}
