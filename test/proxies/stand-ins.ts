import { parse } from 'yaml'
import { documented, type Places } from './documented.ts'
import type { ProxyKind } from './real-proxies.ts'
import { ask, firstOf, type Headers, listedInConnection, type Reply, relay, set, without } from './relay.ts'

/*
 * Traefik and Envoy have no package in Debian. These do with a request what the two do, in the same order, as their
 * documentation and sources have it, and take every setting from the configuration of the document.
 */

const CLOSED: Reply = { status: 403, headers: {}, body: '' }
const HOP_BY_HOP = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-connection']
const FORWARDED = ['for', 'method', 'proto', 'host', 'port', 'server', 'uri'].map(name => `x-forwarded-${name}`)

type Middleware = {
  headers?: { customRequestHeaders: Record<string, string> }
  forwardAuth?: { address: string; trustForwardHeader: boolean; authResponseHeaders: string[] }
}

export const traefik: ProxyKind = {
  async open(places) {
    const { http } = parse(documented('/etc/traefik/orders.yml', places)) as {
      http: { routers: { orders: { middlewares: string[] } }; middlewares: Record<string, Middleware> }
    }
    const { entryPoints } = parse(documented('/etc/traefik/traefik.yml', places)) as {
      entryPoints: { web: { http: { aliasHeadersStrategy?: 'delete' } } }
    }
    const unaliased = (headers: Headers): Headers =>
      entryPoints.web.http.aliasHeadersStrategy === 'delete'
        ? headers.filter(([name]) => /^[a-z0-9-]+$/i.test(name))
        : headers
    const chain = http.routers.orders.middlewares.map(name => http.middlewares[name] ?? {})
    return relay(places.proxy, places.api, async ({ method, url, headers: sent }, peer) => {
      // The entry point believes no one about addresses who is not in `trustedIPs`.
      let headers = without(unaliased(sent), ...FORWARDED)
      for (const middleware of chain) {
        for (const [name, value] of Object.entries(middleware.headers?.customRequestHeaders ?? {}))
          headers = value === '' ? without(headers, name) : set(headers, name, value)
        if (!middleware.forwardAuth) continue
        const { address, authResponseHeaders } = middleware.forwardAuth
        const forwarded: Headers = [
          ['X-Forwarded-For', peer],
          ['X-Forwarded-Method', method],
          ['X-Forwarded-Proto', 'http'],
          ['X-Forwarded-Host', firstOf(headers, 'host') ?? ''],
          ['X-Forwarded-Uri', url],
        ]
        const asked = without(headers, ...listedInConnection(headers), ...HOP_BY_HOP, 'content-length')
        const target = new URL(address)
        const reply = await ask(places.server, {
          method: 'GET',
          url: target.pathname + target.search,
          headers: [...set(asked, 'Host', target.host), ...forwarded],
        })
        if (!reply) return { refuse: { ...CLOSED, status: 500 } }
        if (reply.status < 200 || reply.status > 299) return { refuse: reply }
        for (const name of authResponseHeaders) {
          headers = without(headers, name)
          const value = reply.headers[name.toLowerCase()]
          if (value !== undefined) headers = [...headers, [name, value]]
        }
      }
      return { pass: afterReverseProxy(headers, peer) }
    })
  },
}

/** Go's httputil.ReverseProxy: an upgrade is one only if Connection says so; what Connection lists is removed. */
function afterReverseProxy(headers: Headers, peer: string): Headers {
  const listed = listedInConnection(headers)
  const upgrade = listed.some(name => name.toLowerCase() === 'upgrade') ? firstOf(headers, 'upgrade') : undefined
  const kept = without(headers, ...listed, ...HOP_BY_HOP)
  const length = firstOf(headers, 'transfer-encoding') === undefined ? [] : [['Transfer-Encoding', 'chunked']]
  const upgraded =
    upgrade === undefined
      ? []
      : [
          ['Connection', 'Upgrade'],
          ['Upgrade', upgrade],
        ]
  return [...set(kept, 'X-Forwarded-For', peer), ...(length as Headers), ...(upgraded as Headers)]
}

type Pattern = { exact?: string; prefix?: string }
type Patterns = { patterns: Pattern[] }
type ExtAuthz = {
  failure_mode_allow: boolean
  allowed_headers: Patterns
  http_service: {
    path_prefix: string
    authorization_response: { allowed_upstream_headers: Patterns; allowed_client_headers: Patterns }
  }
}
type Filter = {
  name: string
  typed_config: Partial<ExtAuthz> & {
    mutations?: { request_mutations: { remove_on_match: { key_matcher: { safe_regex: { regex: string } } } }[] }
  }
}
type ConnectionManager = {
  use_remote_address: boolean
  common_http_protocol_options: { headers_with_underscores_action: 'DROP_HEADER' | 'ALLOW' }
  http_filters: Filter[]
}

const matches = ({ patterns }: Patterns, name: string): boolean =>
  patterns.some(({ exact, prefix }) => name === exact || (prefix !== undefined && name.startsWith(prefix)))

/** Always sent on a refusal, whatever is allowed. */
const ALWAYS_TO_CALLERS = ['location', 'www-authenticate']

export const envoy: ProxyKind = {
  async open(places) {
    const manager = connectionManager(places)
    return relay(places.proxy, places.api, async ({ method, url, headers: sent }, peer) => {
      // The codec: names in lower case, and what Connection lists is gone before any filter sees it.
      let headers = sent.map(([name, value]): Headers[number] => [name.toLowerCase(), value])
      const upgrade = firstOf(headers, 'upgrade')
      headers = without(
        headers,
        ...listedInConnection(headers).filter(name => name.toLowerCase() !== 'upgrade'),
        'connection',
      )
      if (upgrade !== undefined) headers.push(['connection', 'upgrade'])
      if (manager.common_http_protocol_options.headers_with_underscores_action === 'DROP_HEADER')
        headers = headers.filter(([name]) => !name.includes('_'))
      if (manager.use_remote_address) {
        const before = headers.filter(([name]) => name === 'x-forwarded-for').map(([, value]) => value)
        headers = set(headers, 'x-forwarded-for', [...before, peer].join(','))
      }
      for (const { typed_config: filter } of manager.http_filters) {
        for (const { remove_on_match: made } of filter.mutations?.request_mutations ?? []) {
          const whole = new RegExp(`^(?:${made.key_matcher.safe_regex.regex})$`)
          headers = headers.filter(([name]) => !whole.test(name))
        }
        if (!filter.http_service) continue
        const { http_service: service, allowed_headers: allowed } = filter as ExtAuthz
        const reply = await ask(places.server, {
          method,
          url: service.path_prefix + url,
          headers: [
            ['host', firstOf(headers, 'host') ?? ''],
            ['content-length', '0'],
            ...headers.filter(([name]) => name === 'authorization' || matches(allowed, name)),
          ],
        })
        if (!reply) return filter.failure_mode_allow ? { pass: headers } : { refuse: CLOSED }
        const { allowed_upstream_headers: upstream, allowed_client_headers: client } = service.authorization_response
        const chosen = (patterns: Patterns) => Object.entries(reply.headers).filter(([name]) => matches(patterns, name))
        if (reply.status !== 200) {
          const told = Object.entries(reply.headers).filter(([name]) => ALWAYS_TO_CALLERS.includes(name))
          return { refuse: { ...reply, headers: Object.fromEntries([...told, ...chosen(client)]) } }
        }
        for (const [name, value] of chosen(upstream)) headers = set(headers, name, value)
      }
      return { pass: headers }
    })
  },
}

function connectionManager(places: Places): ConnectionManager {
  const { static_resources } = parse(documented('/etc/envoy/envoy.yaml', places)) as {
    static_resources: {
      listeners: { filter_chains: { filters: { typed_config: ConnectionManager }[] }[] }[]
    }
  }
  const manager = static_resources.listeners[0]?.filter_chains[0]?.filters[0]?.typed_config
  if (!manager) throw new Error('the configuration of Envoy has no connection manager')
  return manager
}
