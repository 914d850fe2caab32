import type { AuthenticateUser } from '../../../core/sign-in/authenticate-user.ts'
import { readParams, type WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusal.ts'

/** Form fields; a body of another type and parameters in the address count as missing, and so do empty fields. */
export function readSignIn(request: WireRequest): AuthenticateUser {
  const { type } = request.body
  const form = type === 'json' || type === 'unread' ? undefined : readParams(request, 'form', 'multipart')
  const [name, password, code] = ['username', 'password', 'otp'].map(field => form?.one(field))
  if (name === undefined || password === undefined) throw new Refusal('parameter-missing', 'no username or no password')
  const ask: AuthenticateUser = { name, password }
  // Unknown to the original: its users had no second factor. Ours who have one cannot sign in without.
  if (code !== undefined) ask.oneTimeCode = code
  return ask
}
