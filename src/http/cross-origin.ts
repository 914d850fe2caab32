import type { WireAnswer } from './answer.ts'

/** Any origin, never with credentials: what browsers send here is a bearer token or nothing. */
export const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'deprecation, link, retry-after, sunset, www-authenticate, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, x-request-id',
}

export const preflight = (allow: readonly string[]): WireAnswer => ({
  status: 204,
  headers: {
    ...ANY_ORIGIN,
    'access-control-allow-methods': allow.join(', '),
    'access-control-allow-headers': 'authorization, content-type, idempotency-key, mcp-protocol-version',
    'access-control-max-age': '600',
  },
})
