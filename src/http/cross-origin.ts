import type { WireAnswer } from './answer.ts'
import { header, type WireRequest } from './request.ts'

/* CORS for browsers of other origins (Fetch section 3.3): every origin is allowed, but without cookies. Such requests authenticate only with a bearer token. */

/** Scripts may read all headers of an answer: without credentials the star is a wildcard (Fetch section 3.3.3). */
export const ANY_ORIGIN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' }

/** The headers that are allowed if a preflight names none, or names too many. */
const USUAL = 'authorization, content-type, idempotency-key, mcp-protocol-version, x-api-key, x-requested-with'
const LONGEST_LIST = 4096
const LONGEST_NAME = 100

/** RFC 9110 section 5.6.2. */
const FIELD_NAME = /^[!#$%&'*+.^_`|~\da-z-]+$/

/**
 * Allows all requested headers, because tracing and tools add their own and no header can do harm without cookies.
 * Texts that are no header name are omitted.
 */
function allowedHeaders(request: WireRequest): string {
  const asked = header(request, 'access-control-request-headers')
  if (asked === undefined || asked.length > LONGEST_LIST) return USUAL
  const names = asked
    .toLowerCase()
    .split(',')
    .map(name => name.trim())
  const fit = names.filter(name => name.length <= LONGEST_NAME && FIELD_NAME.test(name))
  return fit.length > 0 ? [...new Set(fit)].join(', ') : USUAL
}

export const preflight = (request: WireRequest, allow: readonly string[]): WireAnswer => ({
  status: 204,
  headers: {
    ...ANY_ORIGIN,
    'access-control-allow-methods': allow.join(', '),
    'access-control-allow-headers': allowedHeaders(request),
    'access-control-max-age': '600',
    vary: 'access-control-request-headers',
  },
})
