import { type LogPlace, lacks, samePlace, subjectKey, subjectsOfPrincipal } from '../../model/credentials/validity.ts'
import type { Principal, Reason, Verdict } from '../../model/credentials/verdict.ts'
import { sameAudience } from '../../model/scopes/audience.ts'
import { Unavailable } from '../answer/auth-error.ts'
import type { RemoteOptions } from '../decide/options.ts'
import { checkSettings, serverAddress } from '../decide/settings.ts'
import type { Checker, GuardAsk } from './checker.ts'
import { digest } from './environment.ts'
import { type Feed, followFeed } from './feed.ts'
import { openIssuer } from './issuer.ts'
import { openKeySet } from './key-set.ts'
import { readOffline } from './offline.ts'
import { openUsageReport } from './usage-report.ts'
import { type VerifyCall, verifyCall } from './verify-call.ts'

/*
 * Asks a server at another address and caches its verdicts by the hash of the credential. Each use of a cached verdict
 * checks kind, audience, scopes and expiry again. Entries of the revocation feed remove cached verdicts.
 */

type Known = {
  principal: Principal
  place: LogPlace
  subjects: readonly string[]
  /** Audiences and places for which the server has accepted the credential. The guard must ask for each one, because only the server knows its settings. */
  confirmed: readonly string[]
  at: number
}

const MOST_KNOWN = 50_000
const STALE_MILLISECONDS = 300_000

export function connect(options: RemoteOptions): Checker {
  checkSettings(options)
  const url = serverAddress(options.url)
  const authorization = basic(options.clientId, options.clientSecret)
  const keep = Math.min(options.cacheSeconds ?? 30, 30) * 1000
  const keepRefusal = Math.min(options.refusalSeconds ?? 5, 5) * 1000
  const timeoutMilliseconds = (options.timeoutSeconds ?? 3) * 1000
  const onError = options.onError && { onError: options.onError }
  const ask = verifyCall({ url, authorization, timeoutMilliseconds })
  const keys = options.jwt === 'offline' ? openKeySet({ url, timeoutMilliseconds, ...onError }) : undefined
  const report =
    options.usage === 'quiet' ? undefined : openUsageReport({ url, authorization, timeoutMilliseconds, ...onError })
  const known = new Map<string, Known>()
  const refused = new Map<string, { verdict: Verdict; at: number }>()
  const askOnce = singleFlight(ask)
  let followed: Feed | undefined
  /** The feed opens at the first request, so that creating a guard opens no connection. */
  function feed(): Feed {
    if (followed) return followed
    followed = followFeed({
      url,
      authorization,
      limitMilliseconds: (options.feedLimitSeconds ?? 3) * 1000,
      ...onError,
    })
    followed.onChange(entry => {
      // An entry may also restore a right, so all cached refusals are dropped; asking for them again is cheap.
      refused.clear()
      if (entry === undefined) known.clear()
      if (entry === undefined || entry.subject === 'signing-key') keys?.forget()
    })
    return followed
  }

  function remembered(key: string, guardAsk: GuardAsk): Verdict | undefined {
    const found = known.get(key)
    if (!found) return undefined
    const fits = performance.now() - found.at <= keep && feed().fresh() && feed().holds(found.place, found.subjects)
    return fits && passes(found, guardAsk) ? { active: true, principal: found.principal } : undefined
  }

  /** Judges a JWT of this server locally; `undefined` if the server must be asked. */
  async function judgedHere(key: string, guardAsk: GuardAsk): Promise<Verdict | undefined> {
    if (!keys || guardAsk.audience === undefined) return undefined
    const read = await readOffline(guardAsk.presented.secret, keys)
    if (read.is === 'forged') return { active: false, reason: 'credential-unknown' }
    const { audience } = guardAsk
    if (read.is === 'foreign' || !read.principal.audience.some(named => sameAudience(named, audience))) return undefined
    if (feed().lost() && options.onFeedLost === 'refuse')
      throw new Unavailable('the revocation feed is lost, and tokens are not trusted without it')
    const { principal, place } = read
    const subjects = [...subjectsOfPrincipal(principal), ...read.subjects]
    if (!feed().fresh() || !feed().holds(place, subjects)) return undefined
    const lacking = lacks(principal, guardAsk, Date.now())
    if (lacking) return refusedFor(lacking, principal)
    remember(known, key, { principal, place, subjects, confirmed: [toConfirm(guardAsk)], at: performance.now() })
    return { active: true, principal }
  }

  const counted = (verdict: Verdict): Verdict => {
    const { countedBy, credentialId } = verdict.active ? verdict.principal : verdict
    const by = countedBy ?? credentialId
    if (by !== undefined) report?.used(by, verdict.active ? 'valid' : verdict.reason)
    return verdict
  }

  async function askServer(key: string, guardAsk: GuardAsk, askKey: string): Promise<Verdict> {
    try {
      const { verdict, place } = await askOnce(askKey, guardAsk)
      const at = performance.now()
      const before = known.get(key)
      known.delete(key)
      if (!verdict.active) remember(refused, askKey, { verdict, at })
      // A credential that is bound to networks is not cached, because the server judges it for each address.
      else if (!verdict.principal.networks)
        remember(known, key, newlyKnown(verdict.principal, place, at, guardAsk, before))
      return verdict.active ? judgedAnyway(verdict, guardAsk) : verdict
    } catch (error) {
      options.onError?.(error)
      const stale = known.get(key)
      const usable =
        error instanceof Unavailable &&
        options.onUnavailable === 'use-cache' &&
        stale !== undefined &&
        performance.now() - stale.at <= STALE_MILLISECONDS &&
        feed().holds(stale.place, stale.subjects) &&
        passes(stale, guardAsk)
      if (usable) return counted({ active: true, principal: stale.principal })
      throw error
    }
  }

  function checkNow(key: string, guardAsk: GuardAsk): Verdict | Promise<Verdict> {
    const good = remembered(key, guardAsk)
    return good ? counted(good) : checkAnew(key, guardAsk)
  }

  async function checkAnew(key: string, guardAsk: GuardAsk): Promise<Verdict> {
    const here = await judgedHere(key, guardAsk)
    if (here) return counted(here)
    const askKey = await digest(`${key} ${askSignature(guardAsk)}`)
    const no = refused.get(askKey)
    if (no && performance.now() - no.at <= keepRefusal) return counted(no.verdict)
    return askServer(key, guardAsk, askKey)
  }

  return {
    check(guardAsk) {
      feed()
      const key = digest(guardAsk.presented.secret)
      return typeof key === 'string' ? checkNow(key, guardAsk) : key.then(later => checkNow(later, guardAsk))
    },
    onChange(listener) {
      const stopHearing = feed().onChange(listener)
      const stopMourning = feed().onLost(() => listener(undefined))
      return () => {
        stopHearing()
        stopMourning()
      }
    },
    issuer: openIssuer({ url, timeoutMilliseconds }),
    async close() {
      followed?.close()
      followed = undefined
      await report?.close()
      known.clear()
      refused.clear()
    },
  }
}

/** The part of the check that is never cached, because it depends on the request and the time. */
const passes = ({ principal, confirmed }: Known, ask: GuardAsk): boolean =>
  confirmed.includes(toConfirm(ask)) && lacks(principal, ask, Date.now()) === undefined

/** Applies the checks of cached verdicts to a fresh verdict too, because the server may be older or its clock may be slow. */
function judgedAnyway(verdict: Verdict & { active: true }, ask: GuardAsk): Verdict {
  const { principal } = verdict
  const reason = lacks(principal, ask, Date.now())
  return reason ? refusedFor(reason, principal) : verdict
}

const refusedFor = (reason: Reason, { credentialId, countedBy }: Principal): Verdict => ({
  active: false,
  reason,
  credentialId,
  ...(countedBy !== undefined && { countedBy }),
})

function newlyKnown(
  principal: Principal,
  place: LogPlace,
  at: number,
  ask: GuardAsk,
  before: Known | undefined,
): Known {
  const sameAge = before && samePlace(before.place, place)
  const confirmed = [...new Set([...(sameAge ? before.confirmed : []), toConfirm(ask)])]
  const subjects = new Set(sameAge ? before.subjects : subjectsOfPrincipal(principal))
  if (ask.audience !== undefined) subjects.add(subjectKey('resource', ask.audience))
  return { principal, place, subjects: [...subjects], confirmed, at }
}

const toConfirm = ({ audience, presented }: GuardAsk): string =>
  `${presented.place === 'key-parameter'} ${audience ?? ''}`

const askSignature = (ask: GuardAsk): string =>
  JSON.stringify([ask.scopes ?? null, ask.dialects ?? null, ask.ip ?? null, toConfirm(ask)])

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  if (map.size >= MOST_KNOWN) map.delete(map.keys().next().value as string)
  map.set(key, value)
}

/** Joins simultaneous requests with the same credential into one question to the server. */
function singleFlight(ask: VerifyCall) {
  const running = new Map<string, ReturnType<VerifyCall>>()
  return (key: string, guardAsk: GuardAsk): ReturnType<VerifyCall> => {
    const same = running.get(key)
    if (same) return same
    const asked = ask(guardAsk).finally(() => running.delete(key))
    running.set(key, asked)
    return asked
  }
}

const basic = (user: string, password: string): string => {
  const bytes = new TextEncoder().encode(`${encodeURIComponent(user)}:${encodeURIComponent(password)}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}
