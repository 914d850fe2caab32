import { UNNAMED } from '../../core/check/verify-credential.ts'
import type { World } from '../../core/world.ts'
import { type Denial, sayOAuth } from '../../guard/denials.ts'
import type { Judgement } from '../../guard/judge.ts'
import { forwardedAddress } from '../../http/caller-address.ts'
import type { Path } from '../../http/place.ts'
import { header, sourceOf, type WireRequest } from '../../http/request.ts'
import { KINDS } from '../../model/credential.ts'
import { inNetworks } from '../../model/networks.ts'
import { Refusal } from '../../model/refusal.ts'
import { formatScopes } from '../../model/scope.ts'
import type { Principal } from '../../model/verdict.ts'
import { reportedCarrier } from '../callers/carriers.ts'
import { type Dialect, route, type WireAnswer } from '../dialect.ts'
import { REFUSALS } from '../oauth/standard-refusals.ts'
import { type Check, check } from './check.ts'

/*
 * The check for proxies: nginx `auth_request`, Traefik `forwardAuth`, Caddy `forward_auth`, Envoy `ext_authz`. Envoy
 * appends the caller's path and query to the address, Caddy keeps the caller's query, so nothing in either may set what
 * is checked: the defaults apply. nginx understands 2xx, 401 and 403 alone, so nothing else is ever answered.
 */

const LOOPBACK = ['127.0.0.0/8', '::1/128']

/** Only a proxy of ours may speak for a caller: a listed one, or without a list one on this machine. */
function trustedProxy(world: World, request: WireRequest): undefined {
  const listed = world.rules.trustedProxies
  if (!inNetworks(request.peer, listed.length > 0 ? listed : LOOPBACK))
    throw new Refusal('network-not-allowed', `${request.peer} is no proxy of ours (CLAVIGER_TRUST_PROXY)`)
  return undefined
}

/** Where the proxies put the address the caller asked for. */
const ADDRESS_HEADERS = ['x-forwarded-uri', 'x-original-uri', 'x-original-url', 'x-envoy-original-path'] as const

/** Parameters that were settings once: a proxy that still sends them would be less strict than its operator meant. */
const FORMER_SETTINGS: ReadonlySet<string> = new Set(['scope', 'audience', 'profile'])

/** A proxy of ours whose address sets nothing: without a gate the defaults apply, and never less than was meant. */
function proxyWithoutSettings(world: World, request: WireRequest): undefined {
  trustedProxy(world, request)
  if (request.path.split('/', 3)[2] === 'gates')
    throw new Refusal('parameter-invalid', 'no such gate', { sentence: 'There is no gate of this name.' })
  const query = new URLSearchParams(request.url.slice(request.path.length))
  const setting = query.keys().find(name => FORMER_SETTINGS.has(name))
  if (setting === undefined) return
  const sentence = `/forward-auth takes no settings from a query, because callers can write one too: ?${setting}= is refused. Define a gate (claviger gate create NAME) and set the proxy to /forward-auth/gates/NAME.`
  world.warnings.once('settings-in-query', sentence)
  throw new Refusal('parameter-invalid', `?${setting}= at /forward-auth`, { parameter: setting, sentence })
}

export function readForwarded(request: WireRequest): Check {
  for (const name of [...ADDRESS_HEADERS, 'x-forwarded-for'] as const)
    if (request.countHeader(name) > 1) throw new Refusal('request-malformed', `${name} stands twice`)
  const headers: Record<string, string[]> = {}
  for (const name of ['authorization', 'x-api-key']) {
    const value = header(request, name)
    if (value !== undefined) headers[name] = Array<string>(Math.max(1, request.countHeader(name))).fill(value)
  }
  const address = ADDRESS_HEADERS.map(name => header(request, name)).find(value => value !== undefined)
  const { caller, ip } = forwardedAddress(request)
  return { carrier: reportedCarrier(headers, address ?? '/'), ip: caller, from: { ...sourceOf(request), ip } }
}

async function checkForwarded(world: World, _who: undefined, ask: Check): Promise<Outcome> {
  const { judgement } = await check(world, UNNAMED, ask)
  return { judgement, production: world.rules.production }
}

function showForwarded({ judgement, production }: Outcome): WireAnswer {
  if (judgement.passed) return { status: 200, headers: identity(judgement.verdict.principal), body: '' }
  return asNginxUnderstands(sayOAuth(judgement.problem, { realm: 'api', scopes: [], frank: !production }))
}

function asNginxUnderstands({ status, headers, body }: Denial): WireAnswer {
  return { status: status === 401 || status === 400 ? 401 : 403, headers: { ...headers, ...NOBODY, ...UNCACHED }, body }
}

const UNCACHED = { 'cache-control': 'no-store' }
/** Every identity header is always there, so that a proxy which copies them overwrites what a caller made up. */
const NOBODY = {
  'x-auth-kind': '',
  'x-auth-subject': '',
  'x-auth-user': '',
  'x-auth-client': '',
  'x-auth-scopes': '',
  'x-auth-credential-id': '',
}

function identity({ kind, subject, client, scopes, credentialId }: Principal): Record<string, string> {
  return {
    ...NOBODY,
    ...UNCACHED,
    'x-auth-kind': KINDS[kind].shown,
    'x-auth-subject': subject?.id ?? '',
    'x-auth-user': encodeURIComponent(subject?.handle ?? '').replaceAll('%40', '@'),
    'x-auth-client': client?.id ?? '',
    'x-auth-scopes': formatScopes(scopes),
    'x-auth-credential-id': credentialId,
  }
}

const row = (path: Path) =>
  route({
    on: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', path],
    caller: proxyWithoutSettings,
    decode: readForwarded,
    decide: checkForwarded,
    encode: showForwarded,
  })

export const forwardAuth: Dialect = {
  name: 'forward-auth',
  prefixes: ['/forward-auth'],
  // Envoy appends the caller's own path to ours.
  routes: [row('/forward-auth'), row('/forward-auth/*')],
  refuse(refusal) {
    const { status, error } = REFUSALS[refusal.code]
    return asNginxUnderstands({
      status: status === 401 ? 401 : 403,
      headers: {},
      body: { error, error_description: refusal.text },
    })
  },
}

type Outcome = { judgement: Judgement; production: boolean }
