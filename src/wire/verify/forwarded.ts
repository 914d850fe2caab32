import { PROFILES } from '../../guard/answer/profiles.ts'
import { forwardedAddress } from '../../http/caller-address.ts'
import { header, type WireRequest } from '../../http/request.ts'
import type { Preflights } from '../../model/clients/gate.ts'
import { reportedCarrier } from '../callers/carriers.ts'
import { broughtId } from './asks.ts'
import type { Check } from './check.ts'
import type { ProxyAct } from './proxy-callers.ts'

/** Reads only the credential of the request that the proxy holds. */
export function readForwarded(request: WireRequest, { wanted }: ProxyAct): Forwarded {
  const { scopes, profile, preflights } = wanted
  if (isPreflight(request, preflights)) return 'preflight'
  const headers: Record<string, string[]> = {}
  for (const name of ['authorization', 'x-api-key']) {
    const value = header(request, name)
    if (value !== undefined) headers[name] = Array<string>(Math.max(1, request.countHeader(name))).fill(value)
  }
  const { dialects } = PROFILES[profile]
  const requestId = broughtId(request)
  return {
    carrier: reportedCarrier(headers, callerUrl(request)),
    scopes,
    ip: forwardedAddress(request).caller,
    ...(dialects && { dialects }),
    ...(requestId !== undefined && { requestId }),
  }
}

/**
 * Headers in which proxies send the URL that the caller requested. Envoy has none, but appends path and query to our
 * address.
 */
const URL_HEADERS = ['x-forwarded-uri', 'x-original-uri', 'x-original-url', 'x-envoy-original-path'] as const

/** A repeated header may come from the caller as well as from the proxy, so it is ignored. */
const callerUrl = (request: WireRequest): string =>
  URL_HEADERS.map(name => onlyHeader(request, name)).find(value => value !== undefined) ?? request.url

const onlyHeader = (request: WireRequest, name: string): string | undefined =>
  request.countHeader(name) > 1 ? undefined : header(request, name)

/** Fetch section 4.8: the method OPTIONS with an origin and a requested method. */
function isPreflight(request: WireRequest, preflights: Preflights): boolean {
  if (preflights === 'check') return false
  const method = preflights === 'pass-by-method' ? request.method : onlyHeader(request, 'x-forwarded-method')
  const [origin, wanted] = [header(request, 'origin'), header(request, 'access-control-request-method')]
  return method === 'OPTIONS' && origin !== undefined && wanted !== undefined
}

export type Forwarded = Check | 'preflight'
