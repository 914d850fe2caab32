import type { AuthorizeAsk } from '../../core/oauth/authorize/request.ts'
import type { TokenRequest } from '../../core/oauth/issue-tokens.ts'
import type { RevokeToken } from '../../core/oauth/revoke-token.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { Act, ClientActor } from '../../model/actor.ts'
import { readAuthorization } from './authorize.ts'
import { tokenRequest } from './tokens.ts'

export const readTokenRequest = (request: WireRequest): TokenRequest => tokenRequest(readForm(request))

/** RFC 9126 section 2.1: an authorization request as a form; the client is who proved itself. */
export function readPushed(request: WireRequest, { by }: Act<ClientActor>): AuthorizeAsk {
  return readAuthorization(readForm(request), by.client.id)
}

/** What revocation and introspection are asked about. `token_type_hint` is advisory (RFC 7009 section 2.1): one look-up finds every kind. */
export const readPresented = (request: WireRequest): RevokeToken => ({
  presented: readForm(request).required('token'),
})
