import type { World } from '../../core/world.ts'
import type { Denial } from '../../guard/answer/denials.ts'
import { PROFILES } from '../../guard/answer/profiles.ts'
import type { Judgement } from '../../guard/decide/judge.ts'
import { pathOf } from '../../http/base-path.ts'
import type { Path } from '../../http/place.ts'
import type { WireRequest } from '../../http/request.ts'
import { KINDS } from '../../model/credentials/credential.ts'
import { challenge, SCHEMES } from '../../model/credentials/scheme.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import { formatScopes } from '../../model/scopes/scope.ts'
import { type Caller, type Dialect, route, type WireAnswer } from '../dialect.ts'
import { clientChallenge } from '../oauth/challenges.ts'
import { REFUSALS } from '../oauth/standard-refusals.ts'
import { broughtId } from './asks.ts'
import { check } from './check.ts'
import { type Forwarded, readForwarded } from './forwarded.ts'
import { type ProxyAct, proxyAtGate, proxyWithoutGate, type Wanted } from './proxy-callers.ts'

/*
 * The check for proxies: nginx `auth_request`, Traefik `forwardAuth`, Caddy `forward_auth`, Envoy `ext_authz`. The
 * conditions come from a gate that staff defined. Envoy appends the caller's path and query to the address, and Caddy
 * keeps the caller's query, so the query contains no settings. nginx understands only 2xx, 401 and 403, so there are no
 * other statuses.
 */

async function checkForwarded(world: World, act: ProxyAct, ask: Forwarded): Promise<Outcome> {
  const { production } = world.rules
  const { wanted } = act
  if (ask === 'preflight') return { wanted, production }
  const { judgement } = await check(world, act, { ...ask, audience: wanted.audience ?? '' })
  return { wanted, production, judgement }
}

function showForwarded({ wanted, judgement, production }: Outcome, request: WireRequest): WireAnswer {
  if (!judgement) return { status: 200, headers: { ...NOBODY, ...UNCACHED }, body: '' }
  if (judgement.passed) return { status: 200, headers: identity(judgement.verdict.principal), body: '' }
  const { profile, scopes } = wanted
  const requestId = broughtId(request) ?? request.id
  const { headers, ...denial } = PROFILES[profile].say(judgement.problem, {
    realm: 'api',
    scopes,
    verbose: !production,
    requestId,
  })
  const named = { ...denial, headers: { ...headers, 'x-request-id': requestId } }
  return asNginxUnderstands(named, profile === 'tokenapi' ? clientChallenge(request) : API_CHALLENGE)
}

/** Adds a challenge for profiles that have none: those that answer 400, and tokenapi. */
function asNginxUnderstands({ status, headers, body }: Denial, ownChallenge = API_CHALLENGE): WireAnswer {
  if (status !== 401 && status !== 400) return { status: 403, headers: { ...headers, ...NOBODY, ...UNCACHED }, body }
  return { status: 401, headers: { 'www-authenticate': ownChallenge, ...headers, ...NOBODY, ...UNCACHED }, body }
}

const API_CHALLENGE = challenge(SCHEMES.bearer.written, { realm: 'api' })
const UNCACHED = { 'cache-control': 'no-store' }
/**
 * The answer contains every identity header, so that a proxy that copies them overwrites forged headers of the caller.
 */
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

const row = (path: Path, caller: Caller<ProxyAct>) =>
  route({ on: ['ANY', path], caller, decode: readForwarded, decide: checkForwarded, encode: showForwarded })

export const forwardAuth: Dialect = {
  name: 'forward-auth',
  prefixes: ['/forward-auth'],
  routes: [
    row('/forward-auth', proxyWithoutGate),
    row('/forward-auth/*', proxyWithoutGate),
    row('/forward-auth/gates/*', proxyAtGate),
  ],
  refuse(refusal, request, world) {
    const { status, error } = REFUSALS[refusal.code]
    return asNginxUnderstands({
      status: status === 401 ? 401 : 403,
      headers: {},
      body: { error, error_description: refusal.code === 'not-found' ? outsidePath(world, request) : refusal.text },
    })
  },
}

/**
 * The rows cover everything below `/forward-auth`, so nothing is found only outside of the path of an issuer with a path.
 * Many proxies drop the body of a refusal, so the log says it, too.
 */
function outsidePath({ rules, warnings }: World, { path }: WireRequest): string {
  const base = pathOf(rules.issuer)
  const sentence = `No gate answers at ${path.slice(0, 100)}, because the addresses of this server begin with ${base}/. Set the proxy to ${base}/forward-auth/gates/NAME.`
  warnings.once('gate-outside-path', sentence)
  return sentence
}

type Outcome = {
  wanted: Wanted
  production: boolean
  /** The result of the check; absent for a preflight request, which passes without a check. */
  judgement?: Judgement
}
