import type { TokenRequest } from '../../core/oauth/issue-tokens.ts'
import type { RevokeToken } from '../../core/oauth/revoke-token.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import { tokenRequest } from './tokens.ts'

export const readTokenRequest = (request: WireRequest): TokenRequest => tokenRequest(readForm(request))

/** What revocation and introspection are asked about. `token_type_hint` is advisory (RFC 7009 section 2.1): one look-up finds every kind. */
export const readPresented = (request: WireRequest): RevokeToken => ({
  presented: readForm(request).required('token'),
})
