import { challenge, SCHEMES } from '../../model/credentials/scheme.ts'
import type { Problem } from '../decide/judge.ts'
import { PROBLEMS } from './problems.ts'

/* The refusals of each profile: status, headers and the exact body that clients of the profile expect. */

export type Denial = { status: number; headers: Record<string, string>; body: object }

/** The facts about a route that a challenge may contain. */
export type Setting = {
  realm: string
  /** The scopes that the route requires. */
  scopes: readonly string[]
  /** RFC 9728 section 5.1. */
  resourceMetadata?: string
  /** Tells the client why a credential was refused; `false` in production, where all bad credentials get the same text. */
  verbose: boolean
  retryAfterSeconds?: number
  /** The id of the request. Bodies whose format other systems define do not contain it. */
  requestId?: string
}
export type Say = (problem: Problem, setting: Setting) => Denial

const BEARER = SCHEMES.bearer.written
const JSON_TYPE = 'application/json; charset=utf-8'

/** RFC 6750 section 3 and RFC 9728 section 5.1. */
export const sayOAuth: Say = (problem, setting) => {
  const { status, error } = PROBLEMS[problem]
  const text = textOf(problem, setting)
  const headers = headersOf(problem, setting)
  if (status < 429)
    headers['www-authenticate'] = challenge(BEARER, {
      realm: setting.realm,
      ...errorOf(problem, text),
      ...aboutRoute(setting),
    })
  return { status, headers, body: { ...(error && { error }), error_description: text, ...named(setting) } }
}

/** The profile for API keys: the body has a code of ours, the challenge has the standard code. */
export const sayApiKey: Say = (problem, setting) => {
  const { status, error } = PROBLEMS[problem]
  const text = textOf(problem, setting)
  const headers = headersOf(problem, setting)
  if (status < 429)
    headers['www-authenticate'] = challenge('ApiKey', {
      realm: setting.realm,
      header: 'X-API-Key',
      ...errorOf(problem, text),
    })
  const code = error === 'invalid_token' ? 'invalid_api_key' : error
  return { status, headers, body: { ...(code && { error: code }), error_description: text, ...named(setting) } }
}

const ZOCIAL = {
  missing: { status: 401, error: 'missing_token', error_description: 'Authorization header missing or invalid' },
  invalid: { status: 401, error: 'invalid_token', error_description: 'Invalid or expired token' },
  lacking: {
    status: 403,
    error: 'insufficient_permissions',
    error_description: 'Token does not have required permissions',
  },
} as const

/** Zocial knows only three answers: the header follows RFC 6750, the body contains Zocial's own codes. */
export const sayZocial: Say = (problem, setting) => {
  const outage = outageOf(problem, setting)
  if (outage) return outage
  const missing = problem === 'credential-missing' || PROBLEMS[problem].status === 400
  const { status, ...body } =
    problem === 'scope-insufficient' || problem === 'user-required'
      ? ZOCIAL.lacking
      : missing
        ? ZOCIAL.missing
        : ZOCIAL.invalid
  const error = status === 403 ? 'insufficient_scope' : missing ? undefined : 'invalid_token'
  const parameters = { realm: setting.realm, ...(error && { error }), ...(status === 403 && scopeOf(setting)) }
  return {
    status,
    headers: { 'content-type': JSON_TYPE, 'www-authenticate': challenge(BEARER, parameters) },
    body,
  }
}

/** Zebbra sends the `detail` of FastAPI and a challenge without parameters. */
export const sayZebbra: Say = (problem, setting) => {
  const { status } = PROBLEMS[problem]
  const say = (code: number, detail: string): Denial => ({
    status: code,
    headers: { ...headersOf(problem, setting), ...(code === 401 && { 'www-authenticate': BEARER }) },
    body: { detail },
  })
  if (status >= 429) return say(status, PROBLEMS[problem].text)
  if (problem === 'credential-missing') return say(401, 'Not authenticated')
  if (problem === 'credential-revoked' || problem === 'credential-disabled') return say(401, 'Expired token')
  if (problem === 'owner-disabled') return say(400, 'Inactive user')
  if (problem === 'scope-insufficient') return say(403, 'Not enough permissions')
  return say(401, 'Could not validate credentials')
}

/** django-tokenapi sends neither a challenge nor a charset (measured). */
export const sayTokenapi: Say = (problem, setting) => {
  const say = (status: number, errors: string): Denial => ({
    status,
    headers: { ...headersOf(problem, setting), 'content-type': 'application/json' },
    body: { success: false, errors },
  })
  if (problem === 'credential-missing') return say(401, "Must include 'user' and 'token' parameters with request.")
  if (problem === 'basic-format') return say(400, 'Invalid Authorization header format.')
  if (problem === 'basic-encoding') return say(400, 'Invalid Basic auth encoding.')
  if (problem === 'scope-insufficient') return say(403, 'You do not have permission to do this.')
  const { status, text } = PROBLEMS[problem]
  return status >= 429 ? say(status, text) : say(403, 'Incorrect user and token pair.')
}

const MASTODON: Partial<Record<Problem, { status: number; error: string }>> = {
  'credential-expired': { status: 401, error: 'The access token expired' },
  'credential-revoked': { status: 401, error: 'The access token was revoked' },
  // Clients of Mastodon know no error for a disabled credential. This error makes them sign in again.
  'credential-disabled': { status: 401, error: 'The access token was revoked' },
  'owner-disabled': { status: 403, error: 'Your login is currently disabled' },
  'scope-insufficient': { status: 403, error: 'This action is outside the authorized scopes' },
  'user-required': { status: 422, error: 'This method requires an authenticated user' },
}

/** Mastodon uses the realm and the sentences of Doorkeeper (src/wire/dialects/mastodon/README.md). */
export const sayMastodon: Say = (problem, setting) => {
  const { status: standard, text } = PROBLEMS[problem]
  const { status, error } =
    standard >= 429
      ? { status: standard, error: text }
      : (MASTODON[problem] ?? { status: 401, error: 'The access token is invalid' })
  const headers = headersOf(problem, setting)
  const code = problem === 'scope-insufficient' ? 'insufficient_scope' : 'invalid_token'
  if (status === 401 || problem === 'scope-insufficient')
    headers['www-authenticate'] = challenge(BEARER, { realm: 'Doorkeeper', error: code, error_description: error })
  return { status, headers, body: { error } }
}

const named = ({ requestId }: Setting): { request_id?: string } => (requestId ? { request_id: requestId } : {})

/** The text tells why a credential is bad only if `verbose` is set. */
const textOf = (problem: Problem, { verbose }: Setting): string =>
  !verbose && PROBLEMS[problem].error === 'invalid_token' ? PROBLEMS['credential-unknown'].text : PROBLEMS[problem].text

function headersOf(problem: Problem, { retryAfterSeconds = 1 }: Setting): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': JSON_TYPE }
  if (PROBLEMS[problem].status >= 429) headers['retry-after'] = String(retryAfterSeconds)
  return headers
}

function outageOf(problem: Problem, setting: Setting): Denial | undefined {
  const { status, error, text } = PROBLEMS[problem]
  return status < 429
    ? undefined
    : { status, headers: headersOf(problem, setting), body: { error, error_description: text } }
}

/** A challenge names only codes of RFC 6750. For other refusals the challenge contains no error. */
function errorOf(problem: Problem, text: string): Record<string, string> {
  const { error } = PROBLEMS[problem]
  return error === undefined || error === 'access_denied' ? {} : { error, error_description: text }
}

const scopeOf = ({ scopes }: Setting): Record<string, string> => (scopes.length > 0 ? { scope: scopes.join(' ') } : {})
const aboutRoute = (setting: Setting): Record<string, string> => ({
  ...scopeOf(setting),
  ...(setting.resourceMetadata && { resource_metadata: setting.resourceMetadata }),
})
