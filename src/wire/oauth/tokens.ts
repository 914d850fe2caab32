import type { Issued } from '../../core/oauth/grants/grant-type.ts'
import { GRANTS } from '../../core/oauth/grants/grants.ts'
import type { TokenRequest } from '../../core/oauth/issue-tokens.ts'
import { REPEATABLE } from '../../core/oauth/parameters.ts'
import type { Params } from '../../http/params.ts'
import { TOKEN_TYPE } from '../../model/scheme.ts'
import { formatScopes } from '../../model/scope.ts'

/* The token request and its answer: shapes that every dialect with a token endpoint shares. */

/** RFC 6749 section 5.1: no answer that carries or judges a token may be stored. */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/**
 * The token request, wherever its parameters came from. Which there are, the list of grants says; none may stand twice, also
 * not one that the grant in question does not read (RFC 6749 section 3.2).
 */
export function tokenRequest(parameters: Params): TokenRequest {
  for (const name of SINGLE) parameters.one(name)
  return { grantType: parameters.required('grant_type'), parameters }
}
const SINGLE = [...new Set(GRANTS.flatMap(grant => grant.parameters))].filter(name => !REPEATABLE.includes(name))

export function tokenBody(issued: Issued) {
  const { accessToken, scopes, createdAt, expiresAt, refreshToken } = issued
  return {
    access_token: accessToken,
    token_type: TOKEN_TYPE,
    // From the time of issue, so that a repeated answer says the same thing.
    ...(expiresAt !== undefined && { expires_in: Math.round((expiresAt - createdAt) / 1000) }),
    scope: formatScopes(scopes),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  }
}
