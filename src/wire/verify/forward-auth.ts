import { inNetworks } from '../../core/check-rules.ts'
import { UNNAMED } from '../../core/verify-credential.ts'
import type { World } from '../../core/world.ts'
import type { Denial } from '../../guard/denials.ts'
import type { Judgement } from '../../guard/judge.ts'
import { isProfileName, PROFILES, type ProfileName } from '../../guard/profiles.ts'
import { KINDS } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import { formatScopes, parseScopes } from '../../model/scope.ts'
import type { Principal } from '../../model/verdict.ts'
import { type Dialect, route, type WireAnswer } from '../dialect.ts'
import { reportedCarrier } from '../kit/carriers.ts'
import { header, sourceOf, type WireRequest } from '../kit/request.ts'
import { REFUSALS } from '../kit/standard-refusals.ts'
import { type Check, check } from './check.ts'

/*
 * The check for proxies: nginx `auth_request`, Traefik `forwardAuth`, Caddy `forward_auth`, Envoy `ext_authz`. The
 * proxy says what the route needs in the query (`?scope=read&profile=apikey&audience=...`); the credential is in the
 * headers it passes on. nginx understands 2xx, 401 and 403 alone, so nothing else is ever answered.
 */

const LOOPBACK = ['127.0.0.0/8', '::1/128', '::ffff:127.0.0.0/104']

/** Only a proxy of ours may speak for a caller: a listed one, or without a list one on this machine. */
function trustedProxy(world: World, request: WireRequest): undefined {
  const listed = world.rules.trustedProxies
  if (!inNetworks(request.peer, listed.length > 0 ? listed : LOOPBACK))
    throw new Refusal('network-not-allowed', `${request.peer} is no proxy of ours (CLAVIGER_TRUST_PROXY)`)
  return undefined
}

/** Where the proxies put the address the caller asked for. */
const ADDRESS_HEADERS = ['x-forwarded-uri', 'x-original-uri', 'x-original-url', 'x-envoy-original-path'] as const

export function readForwarded(request: WireRequest): Forwarded {
  for (const name of [...ADDRESS_HEADERS, 'x-forwarded-for'] as const)
    if (request.countHeader(name) > 1) throw new Refusal('request-malformed', `${name} stands twice`)
  const profile = request.query.one('profile') ?? 'oauth'
  if (!isProfileName(profile)) throw new Refusal('parameter-invalid', `no profile ${profile}`, { parameter: 'profile' })
  const audience = request.query.one('audience')
  const scopes = parseScopes(request.query.one('scope'))
  const headers: Record<string, string[]> = {}
  for (const name of ['authorization', 'x-api-key']) {
    const value = header(request, name)
    if (value !== undefined) headers[name] = Array<string>(Math.max(1, request.countHeader(name))).fill(value)
  }
  const address = ADDRESS_HEADERS.map(name => header(request, name)).find(value => value !== undefined)
  const { dialects } = PROFILES[profile]
  return {
    profile,
    check: {
      carrier: reportedCarrier(headers, address ?? '/'),
      scopes,
      ip: callerAddress(request),
      from: sourceOf(request),
      ...(dialects && { dialects }),
      ...(audience !== undefined && { audience }),
    },
  }
}

/** The last entry is the one our own proxy wrote; those before it are anybody's word. */
const callerAddress = (request: WireRequest): string =>
  request.ip !== request.peer
    ? request.ip
    : (header(request, 'x-forwarded-for')?.split(',').at(-1)?.trim() ?? header(request, 'x-real-ip') ?? request.ip)

async function checkForwarded(world: World, _who: undefined, { profile, check: ask }: Forwarded): Promise<Outcome> {
  const { judgement } = await check(world, ask.audience === undefined ? UNNAMED : undefined, ask)
  return { profile, judgement, scopes: ask.scopes ?? [], production: world.rules.production }
}

function showForwarded({ profile, judgement, scopes, production }: Outcome): WireAnswer {
  if (judgement.passed) return { status: 200, headers: identity(judgement.verdict.principal), body: '' }
  const setting = { realm: 'api', scopes, frank: !production }
  return asNginxUnderstands(PROFILES[profile].say(judgement.problem, setting))
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

const METHODS = 'GET,POST,PUT,PATCH,DELETE,OPTIONS'
const row = (path: string) =>
  route({
    at: `${METHODS} ${path}`,
    caller: trustedProxy,
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

type Forwarded = { profile: ProfileName; check: Check }
type Outcome = { profile: ProfileName; judgement: Judgement; scopes: readonly string[]; production: boolean }
