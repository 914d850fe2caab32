import type { AuthorizeAsk } from '../../core/oauth/authorize/request.ts'
import type { StartDevice } from '../../core/oauth/device/start-device.ts'
import type { TokenRequest } from '../../core/oauth/issue-tokens.ts'
import { readScopes } from '../../core/oauth/parameters.ts'
import type { RevokeToken } from '../../core/oauth/revoke-token.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, ClientActor } from '../../model/users/actor.ts'
import { readAuthorization } from './authorize.ts'
import { tokenRequest } from './tokens.ts'

export const readTokenRequest = (request: WireRequest): TokenRequest => tokenRequest(readForm(request))

/** RFC 9126 section 2.1: an authorization request as a form. The client is the authenticated one. */
export function readPushed(request: WireRequest, { by }: Act<ClientActor>): AuthorizeAsk {
  return readAuthorization(readForm(request), by.client.id)
}

/** RFC 8628 section 3.1; `grant_expires_in` is our own parameter: the wanted duration of the access in seconds. */
export function readStartDevice(request: WireRequest): StartDevice {
  const form = readForm(request)
  const life = form.one('grant_expires_in')
  if (life !== undefined && !/^[1-9]\d{0,8}$/.test(life))
    throw new Refusal('parameter-invalid', `grant_expires_in ${life.slice(0, 40)}`, {
      parameter: 'grant_expires_in',
      sentence: 'The parameter grant_expires_in is a number of seconds.',
    })
  return {
    ...readScopes(form),
    resources: form.all('resource'),
    ...(life !== undefined && { grantSeconds: Number(life) }),
  }
}

/** The token to revoke or introspect. Ignores `token_type_hint` (RFC 7009 section 2.1), because one look-up finds every kind. */
export const readPresented = (request: WireRequest): RevokeToken => ({
  presented: readForm(request).required('token'),
})
