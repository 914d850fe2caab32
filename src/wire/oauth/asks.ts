import type { TokenAsk } from '../../core/oauth/grants/grant-type.ts'
import type { RevokeToken } from '../../core/oauth/revoke-token.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import { tokenAsk } from './tokens.ts'

export const readTokenAsk = (request: WireRequest): TokenAsk => tokenAsk(readForm(request))

/** What revocation and introspection are asked about. `token_type_hint` is advisory (RFC 7009 section 2.1): one look-up finds every kind. */
export const readPresented = (request: WireRequest): RevokeToken => ({
  presented: readForm(request).required('token'),
})
