import { parseAuthorization } from '../model/credentials/authorization.ts'
import { LONGEST_FIELD } from '../model/field.ts'
import { Refusal } from '../model/refusals/refusal.ts'
import { header, type WireRequest } from './request.ts'

/** Returns the `scheme` in lower case and the remaining header (RFC 9110 section 11.4); `undefined` without the header. */
export function readAuthorization(request: WireRequest): { scheme: string; value: string } | undefined {
  if (request.countHeader('authorization') > 1) throw new Refusal('credentials-mixed', 'two Authorization headers')
  const text = header(request, 'authorization')
  return text === undefined ? undefined : (parseAuthorization(text) ?? { scheme: '', value: text })
}

/** RFC 6750 section 2.1. Returns the token, `''` if the header contains none, `undefined` for another scheme or no header. */
export function readBearer(request: WireRequest): string | undefined {
  const authorization = readAuthorization(request)
  if (authorization?.scheme !== 'bearer') return undefined
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(authorization.value) && authorization.value.length <= 4096
    ? authorization.value
    : ''
}

/** RFC 7617. An unreadable Basic header counts as a failed authentication. */
export function readBasic(request: WireRequest): { user: string; password: string } | undefined {
  const authorization = readAuthorization(request)
  if (authorization?.scheme !== 'basic') return undefined
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(authorization.value)
    ? decodeUtf8(Buffer.from(authorization.value, 'base64'))
    : undefined
  const colon = decoded?.indexOf(':') ?? -1
  if (decoded === undefined || decoded.length > LONGEST_FIELD || colon < 0 || decoded.includes('\0'))
    throw new Refusal('client-proof-wrong', 'malformed Basic header')
  return { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes)
  } catch {
    return undefined
  }
}
