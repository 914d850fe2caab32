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
import { requestName } from '../request/request-name.ts'
import { type Admission, type Auth, type AuthKind, authOf, type Further, furtherOf } from './auth.ts'
import { type Judgement, judge, type Problem, type Soon } from './judge.ts'
import type { GuardOptions } from './options.ts'
import { checkSettings } from './settings.ts'

/** A request that passed. `headers` belong on its answer. */
export type Allowed = { auth: Auth | undefined; headers: Readonly<Record<string, string>> }

export type Guard = {
  /** Lets through or throws `AuthError`. */
  check(carrier: Carrier, about?: { ip?: string | undefined }): Promise<Allowed>
  /** The same, at once where the answer is remembered; then it throws at once, too. */
  admit(carrier: Carrier, about?: { ip?: string | undefined }): Soon<Allowed>
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

  const deny = (requestId: RequestName, problem: Problem, { detail, cause, ...more }: Why = {}): AuthError => {
    const id = requestId()
    const denial = profile.say(problem, { ...setting, ...more, requestId: id })
    const headers = { ...denial.headers, ...ending, 'x-request-id': id }
    const error = new AuthError(problem, { ...denial, headers }, detail, { cause })
    options.onDeny?.(error)
    return error
  }

  const wanted = {
    scopes,
    dialects: profile.dialects,
    ...(options.audience !== undefined && { audience: options.audience }),
  }
  const ask = (presented: Presented, ip: string | undefined, requestId: RequestName) =>
    checker.check(ip === undefined ? { ...wanted, presented, requestId } : { ...wanted, presented, ip, requestId })

  const further: Further = {
    deny: (problem, { principal, requestId }, asked) =>
      deny(requestId, problem, { detail: principal.credentialId, ...(asked && { scopes: asked }) }),
    keep: (admission, tell) =>
      watch.keep({ principal: admission.principal, since: admission.since, again: () => refusalOf(admission) }, tell),
  }

  function admitted(judgement: Judgement, asked: Asked): Allowed {
    const { requestId, carried } = asked
    if (!judgement.passed) throw refused(judgement, requestId)
    const { verdict, presented } = judgement
    const auth = authOf(presented.secret, further, { principal: verdict.principal, ...asked })
    const why = { detail: auth.credentialId }
    if (options.kinds && !options.kinds.includes(auth.kind)) throw deny(requestId, 'dialect-wrong', why)
    if (options.user === 'required' && !auth.subject) throw deny(requestId, 'user-required', why)
    options.onAllow?.(auth)
    return { auth, headers: isInAddress(carried) ? { ...ending, ...IN_ADDRESS } : ending }
  }

  const refused = ({ problem, verdict }: Judgement & { passed: false }, requestId: RequestName): AuthError =>
    deny(requestId, problem, verdict?.credentialId === undefined ? {} : { detail: verdict.credentialId })

  function unavailable(error: unknown, requestId: RequestName): never {
    if (!(error instanceof Unavailable)) throw error
    const { message, retryAfterSeconds } = error
    throw deny(requestId, 'unavailable', { detail: message, retryAfterSeconds, cause: error })
  }

  /** Why what was let in would be refused now. */
  async function refusalOf({ carried, ip, requestId }: Asked): Promise<AuthError | undefined> {
    try {
      const judgement = await judge(carried, one => ask(one, ip, requestId))
      return judgement.passed ? undefined : refused(judgement, requestId)
    } catch (error) {
      return deny(requestId, 'unavailable', { detail: String(error), cause: error })
    }
  }

  function admit(carrier: Carrier, about: { ip?: string | undefined } = {}): Soon<Allowed> {
    const ip = callerIp(about.ip)
    const carried = readCarried(profile.dialects, carrier, reading)
    if (carried.is === 'nothing' && options.credential === 'optional') return { auth: undefined, headers: ending }
    const requestId = requestName(carrier)
    const asked = { carried, ip, since: watch.begin(), requestId }
    const judgement = judge(carried, one => ask(one, ip, requestId))
    return 'then' in judgement
      ? judgement.then(one => admitted(one, asked)).catch(error => unavailable(error, requestId))
      : admitted(judgement, asked)
  }

  return {
    readsForm: options.profile === 'tokenapi' || options.profile === 'mastodon',
    admit,
    check: async (carrier, about) => admit(carrier, about),
    async close() {
      watch.close()
      await checker.close?.()
    },
  }
}

/** Of one request: what is needed to ask about it again. */
type Asked = Omit<Admission, 'principal'>
type RequestName = Admission['requestId']
type Why = Partial<Setting> & { detail?: string; cause?: unknown }

/** What came in an address must not stay in a cache or leave in a Referer. */
const IN_ADDRESS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
const isInAddress = (carried: Carried): boolean =>
  carried.is === 'presented' && (inAddress(carried.presented) || inAddress(carried.second))
const inAddress = (one: Presented | undefined): boolean => one?.place === 'query' || one?.place === 'key-parameter'

/** Further in: these scopes, too. Throws `AuthError` in the words of the route's profile. */
export function requireScopes(auth: Auth | undefined, ...scopes: readonly Scope[]): asserts auth is Auth {
  const admitted = furtherOf(auth)
  if (!auth || !admitted) throw new Error('requireScopes needs what the guard let through; is this route guarded?')
  if (!auth.scopes.every(scopes)) throw admitted.further.deny('scope-insufficient', admitted.admission, scopes)
}

export function requireKind<Kind extends AuthKind>(
  auth: Auth | undefined,
  ...kinds: readonly Kind[]
): asserts auth is Extract<Auth, { kind: Kind }> {
  const admitted = furtherOf(auth)
  if (!auth || !admitted) throw new Error('requireKind needs what the guard let through; is this route guarded?')
  if (!(kinds as readonly string[]).includes(auth.kind))
    throw admitted.further.deny('dialect-wrong', admitted.admission)
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
  const admitted = furtherOf(auth)
  if (!admitted) throw new Error('onEnded needs what the guard let through; is this route guarded?')
  if (signal?.aborted) return () => {}
  const stopWatching = admitted.further.keep(admitted.admission, error => {
    signal?.removeEventListener('abort', stopWatching)
    ended(error)
  })
  signal?.addEventListener('abort', stopWatching, { once: true })
  return () => {
    signal?.removeEventListener('abort', stopWatching)
    stopWatching()
  }
}
