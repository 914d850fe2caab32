import type { Presented } from '../../model/presented.ts'
import type { Scope } from '../../model/scope.ts'
import { AuthError, Unavailable } from '../answer/auth-error.ts'
import type { Setting } from '../answer/denials.ts'
import { PROFILES, type Profile } from '../answer/profiles.ts'
import { announce } from '../answer/sunset.ts'
import { inProduction } from '../remote/environment.ts'
import { openWatch } from '../remote/watch.ts'
import { checkerFor } from '../remote/which-checker.ts'
import { callerIp } from '../request/caller-ip.ts'
import { type Carried, type Carrier, readCarried } from '../request/presented.ts'
import { type Auth, type AuthKind, authOf } from './auth.ts'
import { judge, type Problem } from './judge.ts'
import type { GuardOptions } from './options.ts'
import { checkSettings } from './settings.ts'

/** A request that passed. `headers` belong on its answer. */
export type Allowed = { auth: Auth | undefined; headers: Readonly<Record<string, string>> }

export type Guard = {
  /** Lets through or throws `AuthError`. */
  check(carrier: Carrier, about?: { ip?: string | undefined }): Promise<Allowed>
  /** Does this profile read form bodies? Shells then hand them over. */
  readonly readsForm: boolean
  close(): Promise<void>
}

/**
 * The core of every shell: reads the credential of a request, asks the server or what is remembered of its answers, and
 * judges. `check` throws `AuthError`, which carries its own status, headers and body (400, 401, 403 or 429; RFC 6750
 * section 3; 503 when no server could be asked).
 */
export function openGuard(options: GuardOptions = {}): Guard {
  checkSettings(options)
  const profile: Profile = PROFILES[options.profile ?? 'oauth']
  if (options.jwt === 'offline' && options.audience === undefined)
    throw new Error(
      'jwt: "offline" needs the audience of this API, so that it takes no token that was made for another.',
    )
  const checker = checkerFor(options)
  const watch = openWatch(checker)
  const scopes = typeof options.scopes === 'string' ? options.scopes.split(' ').filter(Boolean) : (options.scopes ?? [])
  const apiKeyParameter = options.apiKeyParameter ?? profile.apiKeyParameter
  const reading = apiKeyParameter ? { apiKeyParameter } : {}
  const setting: Setting = {
    realm: options.realm ?? 'api',
    scopes,
    verbose: !inProduction(),
    ...(options.resourceMetadata && { resourceMetadata: options.resourceMetadata }),
  }
  const ending = announce(options.ending)

  const deny = (problem: Problem, detail?: string, more?: Partial<Setting>, cause?: unknown): AuthError => {
    const denial = profile.say(problem, { ...setting, ...more })
    const error = new AuthError(problem, { ...denial, headers: { ...denial.headers, ...ending } }, detail, { cause })
    options.onDeny?.(error)
    return error
  }

  const ask = (presented: Presented, ip: string | undefined) =>
    checker.check({
      presented,
      scopes,
      dialects: profile.dialects,
      ...(options.audience !== undefined && { audience: options.audience }),
      ...(ip !== undefined && { ip }),
    })

  async function passed(carried: Carried, ip: string | undefined): Promise<Auth> {
    const since = watch.begin()
    const judgement = await judge(carried, one => ask(one, ip))
    if (!judgement.passed) throw deny(judgement.problem, judgement.verdict?.credentialId)
    const { verdict, presented } = judgement
    const auth = authOf(verdict.principal, presented.secret)
    if (options.kinds && !options.kinds.includes(auth.kind)) throw deny('dialect-wrong', auth.credentialId)
    if (options.user === 'required' && !auth.subject) throw deny('user-required', auth.credentialId)
    const again = () => refusalOf(carried, ip)
    FURTHER.set(auth, { deny, keep: tell => watch.keep({ principal: verdict.principal, since, again }, tell) })
    return auth
  }

  /** Why what was let in would be refused now. */
  async function refusalOf(carried: Carried, ip: string | undefined): Promise<AuthError | undefined> {
    try {
      const judgement = await judge(carried, one => ask(one, ip))
      return judgement.passed ? undefined : deny(judgement.problem, judgement.verdict?.credentialId)
    } catch (error) {
      return deny('unavailable', String(error), {}, error)
    }
  }

  return {
    readsForm: options.profile === 'tokenapi' || options.profile === 'mastodon',
    async check(carrier, about = {}) {
      const ip = callerIp(about.ip)
      const carried = readCarried(profile.dialects, carrier, reading)
      if (carried.is === 'nothing' && options.credential === 'optional') return { auth: undefined, headers: ending }
      try {
        const auth = await passed(carried, ip)
        options.onAllow?.(auth)
        return { auth, headers: { ...ending, ...headersFor(carried) } }
      } catch (error) {
        if (error instanceof Unavailable)
          throw deny('unavailable', error.message, { retryAfterSeconds: error.retryAfterSeconds }, error)
        throw error
      }
    },
    async close() {
      watch.close()
      await checker.close?.()
    },
  }
}

/** What came in an address must not stay in a cache or leave in a Referer. */
const headersFor = (carried: Carried): Record<string, string> =>
  carried.is === 'presented' && [carried.presented, carried.second].some(inAddress)
    ? { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
    : {}
const inAddress = (one: Presented | undefined): boolean => one?.place === 'query' || one?.place === 'key-parameter'

/** What the guard that admitted a request does later: refuses in the words of its route, and watches its credential. */
type Further = {
  deny: (problem: Problem, detail?: string, more?: Partial<Setting>) => AuthError
  keep: (tell: (error: AuthError) => void) => () => void
}
const FURTHER = new WeakMap<Auth, Further>()

/** Further in: these scopes, too. Throws `AuthError` in the words of the route's profile. */
export function requireScopes(auth: Auth | undefined, ...scopes: readonly Scope[]): asserts auth is Auth {
  const deny = auth && FURTHER.get(auth)?.deny
  if (!auth || !deny) throw new Error('requireScopes needs what the guard let through; is this route guarded?')
  if (!auth.scopes.every(scopes)) throw deny('scope-insufficient', auth.credentialId, { scopes })
}

export function requireKind<Kind extends AuthKind>(
  auth: Auth | undefined,
  ...kinds: readonly Kind[]
): asserts auth is Extract<Auth, { kind: Kind }> {
  const deny = auth && FURTHER.get(auth)?.deny
  if (!auth || !deny) throw new Error('requireKind needs what the guard let through; is this route guarded?')
  if (!(kinds as readonly string[]).includes(auth.kind)) throw deny('dialect-wrong', auth.credentialId)
}

/**
 * For answers that last: calls `ended` once, within a second of the moment from which a new request with this credential
 * would be refused (revoked, expired, narrowed, its owner or application disabled), with the refusal it would get. End
 * the stream or socket there. Call what is returned, or abort `signal`, when the connection closes by itself.
 */
export function onEnded(
  auth: Auth | null | undefined,
  ended: (error: AuthError) => void,
  { signal }: { signal?: AbortSignal } = {},
): () => void {
  const further = auth && FURTHER.get(auth)
  if (!further) throw new Error('onEnded needs what the guard let through; is this route guarded?')
  if (signal?.aborted) return () => {}
  const stopWatching = further.keep(error => {
    signal?.removeEventListener('abort', stopWatching)
    ended(error)
  })
  signal?.addEventListener('abort', stopWatching, { once: true })
  return () => {
    signal?.removeEventListener('abort', stopWatching)
    stopWatching()
  }
}
