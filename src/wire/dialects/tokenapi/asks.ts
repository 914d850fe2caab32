import type { AuthenticateUser } from '../../../core/sign-in/authenticate-user.ts'
import { readParams, type WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'

/** Reads form fields. Empty fields, parameters in the query and bodies of another type count as missing. */
export function readSignIn(request: WireRequest): AuthenticateUser {
  const { type } = request.body
  const form = type === 'json' || type === 'unread' ? undefined : readParams(request, 'form', 'multipart')
  const [name, password, code] = ['username', 'password', 'otp'].map(field => form?.one(field))
  if (name === undefined || password === undefined) throw new Refusal('parameter-missing', 'no username or no password')
  const ask: AuthenticateUser = { name, password }
  // The original has no second factor. Users who have one here must send a code.
  if (code !== undefined) ask.oneTimeCode = code
  return ask
}
