import type { Presented } from '../../model/credentials/presented.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import { AuthError, Unavailable } from '../answer/auth-error.ts'
import type { Setting } from '../answer/denials.ts'
import { PROFILES, type Profile } from '../answer/profiles.ts'
import type { OpenAnswer } from '../answer/protected-resource.ts'
import { announce } from '../answer/sunset.ts'
import { inProduction } from '../remote/environment.ts'
import { openWatch } from '../remote/watch.ts'
import { checkerFor } from '../remote/which-checker.ts'
import { callerIp } from '../request/caller-ip.ts'
import { type Carried, type Carrier, readCarried } from '../request/presented.ts'
import { requestName } from '../request/request-name.ts'
import { type Admission, type Auth, type AuthKind, authOf, type Further, furtherOf } from './auth.ts'
import { describe } from './describe.ts'
import { type Judgement, judge, type Problem, type Soon } from './judge.ts'
import type { GuardOptions } from './options.ts'
import { checkSettings } from './settings.ts'

/** A request that passed. The shell adds `headers` to the answer. */
export type Allowed = { auth: Auth | undefined; headers: Readonly<Record<string, string>> }

export type Guard = {
  /** Returns if the request passes; otherwise throws `AuthError`. */
  check(carrier: Carrier, about?: { ip?: string | undefined }): Promise<Allowed>
  /** The same as `check`, but answers (or throws) synchronously if the verdict is cached. */
  admit(carrier: Carrier, about?: { ip?: string | undefined }): Soon<Allowed>
  /** The answer to a request for the RFC 9728 document of this API, which needs no credential; `undefined` for other requests. */
  document(method: string | undefined, url: string | undefined): Promise<OpenAnswer> | undefined
  /** True if this profile reads form bodies; the shells then pass the form. */
  readonly readsForm: boolean
  close(): Promise<void>
}

/**
 * The core of every shell: reads the credential of a request, takes the verdict from the cache or the server, and
 * judges it. `check` throws `AuthError`, which contains status, headers and body (400, 401, 403 or 429; RFC 6750
 * section 3; 503 if no server answers).
 */
export function openGuard(options: GuardOptions = {}): Guard {
  checkSettings(options)
  const profile: Profile = PROFILES[options.profile ?? 'oauth']
  const audience = options.audience ?? options.resource
  if (options.jwt === 'offline' && audience === undefined)
    throw new Error(
      'jwt: "offline" needs the audience of this API, so that it takes no token that was made for another.',
    )
  const checker = checkerFor(options)
  const watch = openWatch(checker)
  const scopes = typeof options.scopes === 'string' ? options.scopes.split(' ').filter(Boolean) : (options.scopes ?? [])
  const apiKeyParameter = options.apiKeyParameter ?? profile.apiKeyParameter
  const reading = apiKeyParameter ? { apiKeyParameter } : {}
  const described = describe(options, scopes, checker.issuer)
  const resourceMetadata = options.resourceMetadata ?? described?.url
  const setting: Setting = {
    realm: options.realm ?? 'api',
    scopes,
    verbose: !inProduction(),
    ...(resourceMetadata && { resourceMetadata }),
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
    ...(audience !== undefined && { audience }),
  }
  const ask = (presented: Presented, ip: string | undefined, requestId: RequestName) =>
    checker.check(ip === undefined ? { ...wanted, presented, requestId } : { ...wanted, presented, ip, requestId })

  const further: Further = {
    deny: (problem, { principal, requestId }, asked) =>
      deny(requestId, problem, {
        detail: principal.credentialId,
        // The challenge names all scopes of the call: a client that asks for the missing ones alone would lose the others.
        ...(asked && { scopes: [...new Set([...scopes, ...asked])] }),
      }),
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

  /** Judges an admitted request again and returns the refusal that the request would get now. */
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
    document: (method, url) => described?.answer(method, url),
    readsForm: options.profile === 'tokenapi' || options.profile === 'mastodon',
    admit,
    check: async (carrier, about) => admit(carrier, about),
    async close() {
      watch.close()
      await checker.close?.()
    },
  }
}

/** The data of one request that a second check needs. */
type Asked = Omit<Admission, 'principal'>
type RequestName = Admission['requestId']
type Why = Partial<Setting> & { detail?: string; cause?: unknown }

/** A request whose address contains a credential must not be cached, and its address must not be sent as Referer. */
const IN_ADDRESS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
const isInAddress = (carried: Carried): boolean =>
  carried.is === 'presented' && (inAddress(carried.presented) || inAddress(carried.second))
const inAddress = (one: Presented | undefined): boolean => one?.place === 'query' || one?.place === 'key-parameter'

/** Requires more scopes in a handler. Throws `AuthError` in the format of the route's profile. */
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
 * Watches the credential of a long answer. Calls `ended` once, within a second after new requests with this credential
 * would be refused (revoked, expired, narrowed, owner or application disabled), with that refusal. `ended` must close
 * the stream or socket. When the connection closes by itself, call the returned function or abort `signal`.
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
