import { SYSTEM } from '../../model/actor.ts'
import { countedBy } from '../../model/counted-by.ts'
import { type Credential, statusOf } from '../../model/credential.ts'
import { aboutUse, entry, type JournalEntry } from '../../model/journal.ts'
import { covers, formatScopes, NOTHING } from '../../model/scope.ts'
import { DAY, HOUR } from '../../model/span.ts'
import type { NetworkUse, UsageCount } from '../../ports/usage.ts'
import { API, address, DEMO_DOMAIN, SCOPES } from './cast.ts'
import type { Dice } from './dice.ts'

const DAYS = 14
/** An API that is not registered here, so only a credential that names it passes. */
const ELSEWHERE = `https://payroll.${DEMO_DOMAIN}`
const REFUSALS = ['insufficient_scope', 'wrong_audience', 'rate_limited'] as const

export type Traffic = {
  counts: UsageCount[]
  lastUsed: Map<string, number>
  networks: NetworkUse[]
  refusals: JournalEntry[]
}

/**
 * Makes two weeks of calls: many by day, few at night and on weekends. A few credentials make most of the calls, many
 * make none.
 */
export function makeTraffic(dice: Dice, credentials: readonly Credential[], now: number): Traffic {
  const traffic: Traffic = { counts: [], lastUsed: new Map(), networks: [], refusals: [] }
  const keys = credentials.filter(({ kind }) => kind !== 'session')
  for (const credential of keys) {
    if (dice.chance(0.25)) {
      // Some credentials are never used, and some are no longer used after a while.
      const stopped = credential.createdAt + Math.round(dice.next() * (now - credential.createdAt) * 0.7)
      const last = Math.min(stopped, now - DAYS * DAY)
      if (dice.chance(0.6) && last > credential.createdAt) traffic.lastUsed.set(countedBy(credential), last)
      continue
    }
    const busy = 40 * dice.next() ** 4 + 0.3
    for (let at = now - DAYS * DAY; at < now; at += HOUR) callsInHour(traffic, dice, credential, at, busy, now)
    const network = address(dice).split('.').slice(0, 3).join('.')
    const at = traffic.lastUsed.get(countedBy(credential))
    if (at !== undefined) traffic.networks.push({ countedBy: countedBy(credential), network: `${network}.0/24`, at })
  }
  const [troubled] = keys.filter(credential => statusOf(credential, now) === 'active')
  if (troubled) addTrouble(traffic, troubled, now)
  return traffic
}

function callsInHour(
  traffic: Traffic,
  dice: Dice,
  credential: Credential,
  hour: number,
  busy: number,
  now: number,
): void {
  const at = hour + dice.whole(0, 59) * 60_000
  if (at <= credential.createdAt || at >= now) return
  const count = Math.floor(busy * rhythm(at) * (0.5 + dice.next()) * 12)
  if (count === 0) return
  const alive = statusOf(credential, at) === 'active'
  const of = { minute: Math.floor(at / 60_000), countedBy: countedBy(credential), kind: credential.kind }
  if (alive) {
    traffic.counts.push({ ...of, outcome: 'valid', count })
    traffic.lastUsed.set(countedBy(credential), at)
    if (!dice.chance(0.03)) return
  }
  const outcome = alive ? dice.pick(REFUSALS) : statusOf(credential, at) === 'expired' ? 'expired' : 'revoked'
  traffic.counts.push({ ...of, outcome, count: Math.max(1, Math.floor(count / 10)) })
  if (dice.chance(0.3)) traffic.refusals.push(refusal(credential, outcome, at, address(dice)))
}

/** The share of the busiest hour's traffic that this hour has, by hour of the day and day of the week. */
export function rhythm(at: number): number {
  const date = new Date(at)
  const [hour, day] = [date.getUTCHours(), date.getUTCDay()]
  const weekend = day === 0 || day === 6 ? 0.25 : 1
  return weekend * (0.08 + 0.92 * Math.max(0, Math.sin(((hour - 5) / 16) * Math.PI)))
}

/** Adds many refusals of one credential in the last hour, for which the console shows a warning. */
function addTrouble({ counts, refusals }: Traffic, credential: Credential, now: number): void {
  const { id, kind } = credential
  for (let i = 2; i < 50; i += 4) {
    const at = now - i * 60_000
    counts.push({ minute: Math.floor(at / 60_000), countedBy: id, kind, outcome: 'insufficient_scope', count: 6 })
    refusals.push(refusal(credential, 'insufficient_scope', at, '203.0.113.77'))
  }
}

/** Makes the same entry that a check records. */
function refusal(credential: Credential, reason: string, at: number, ip: string): JournalEntry {
  const act = { by: SYSTEM.by, from: { ip } }
  return entry(act, 'refused', aboutUse(credential), { at, reason, detail: noted(credential, reason) })
}

function noted({ scopes: held = [] }: Credential, reason: string): Record<string, unknown> {
  const audiences = [reason === 'wrong_audience' ? ELSEWHERE : API.audience]
  const wanted = SCOPES.find(({ scope }) => !covers(held, scope))?.scope
  if (reason === 'wrong_audience')
    return {
      rule: 'audience',
      found: 'names no audience',
      needed: `${ELSEWHERE} (strict: must be named)`,
      asked: { audiences },
    }
  if (reason !== 'insufficient_scope' || wanted === undefined) return { asked: { audiences } }
  const asked = { scopes: [wanted], audiences }
  return { rule: 'scope', found: formatScopes(held) || NOTHING, needed: `also ${wanted}`, asked }
}
