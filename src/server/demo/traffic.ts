import { type CheckAsk, type NotedRefusal, refusalOf } from '../../core/check/check-credential.ts'
import { countedBy } from '../../model/credentials/counted-by.ts'
import { type Credential, statusOf } from '../../model/credentials/credential.ts'
import { aboutCredential, entry, type JournalEntry } from '../../model/journal.ts'
import { DAY, HOUR, MINUTE } from '../../model/span.ts'
import { SYSTEM } from '../../model/users/actor.ts'
import type { CredentialFacts } from '../../ports/stores.ts'
import type { NetworkUse, UsageCount } from '../../ports/usage.ts'
import { API, address, DEMO_DOMAIN, SCOPES } from './cast.ts'
import type { Dice } from './dice.ts'

const DAYS = 14
/** An API that is not registered here, so only a credential that names it passes. */
const ELSEWHERE = { audience: `https://payroll.${DEMO_DOMAIN}`, strictAudience: true }
const HERE = { audience: API.audience, strictAudience: false }

export type Traffic = {
  counts: UsageCount[]
  lastUsed: Map<string, number>
  networks: NetworkUse[]
  refusals: JournalEntry[]
}

/** A credential that makes calls. Without facts (no row), all its calls are accepted. */
export type Caller = { credential: Credential; facts?: CredentialFacts }

/**
 * Makes two weeks of calls: many by day, few at night and on weekends. A few credentials make most of the calls, many
 * make none. The rules of the check decide which calls are refused, so the explanation of each refusal is true.
 */
export function makeTraffic(dice: Dice, callers: readonly Caller[], now: number): Traffic {
  const traffic: Traffic = { counts: [], lastUsed: new Map(), networks: [], refusals: [] }
  // Programs whose credential ended before that time have a new one since.
  const since = now - DAYS * DAY
  const keys = callers.filter(({ credential }) => credential.kind !== 'session' && endOf(credential) > since)
  for (const caller of keys) {
    const { credential } = caller
    if (!actsForItself(credential) && dice.chance(0.25)) {
      // Some credentials are never used, and some are no longer used after a while.
      const stopped = credential.createdAt + Math.round(dice.next() * (now - credential.createdAt) * 0.7)
      const last = Math.min(stopped, now - DAYS * DAY)
      if (dice.chance(0.6) && last > credential.createdAt) traffic.lastUsed.set(countedBy(credential), last)
      continue
    }
    const busy = 40 * dice.next() ** 4 + 0.3
    const network = address(dice).split('.').slice(0, 3).join('.')
    for (let at = now - DAYS * DAY; at < now; at += HOUR) callsInHour(traffic, dice, caller, { at, busy, network, now })
    const at = traffic.lastUsed.get(countedBy(credential))
    if (at !== undefined) traffic.networks.push({ countedBy: countedBy(credential), network: `${network}.0/24`, at })
  }
  addTrouble(traffic, keys, now)
  return traffic
}

/** A program that has no user: tokens were issued to it by the hundred, so it also uses them. */
const actsForItself = ({ userId, clientId }: Credential): boolean => clientId !== undefined && userId === undefined

const endOf = ({ revokedAt = Number.POSITIVE_INFINITY, expiresAt = Number.POSITIVE_INFINITY }: Credential): number =>
  Math.min(revokedAt, expiresAt)

type Hour = { at: number; busy: number; network: string; now: number }

function callsInHour(traffic: Traffic, dice: Dice, { credential, facts }: Caller, hour: Hour): void {
  const { busy, network, now } = hour
  const at = hour.at + dice.whole(0, 59) * MINUTE
  if (at <= credential.createdAt || at >= now) return
  const count = Math.floor(busy * rhythm(at) * (0.5 + dice.next()) * 12)
  if (count === 0) return
  const status = statusOf(credential, at)
  const of = { minute: Math.floor(at / MINUTE), countedBy: countedBy(credential), kind: credential.kind }
  if (status === 'active') {
    traffic.counts.push({ ...of, outcome: 'valid', count })
    traffic.lastUsed.set(countedBy(credential), at)
    if (!dice.chance(0.03)) return
  }
  const refused = facts && refusalOf(facts, questionAbout(dice, status === 'active'), at)
  // A credential that was revoked later, or expired before it was revoked, was refused for another reason at that time.
  if (!refused || (status === 'active' ? ENDINGS.includes(refused.reason) : refused.reason !== status)) return
  traffic.counts.push({
    ...of,
    outcome: refused.reason as UsageCount['outcome'],
    count: Math.max(1, Math.floor(count / 10)),
  })
  if (dice.chance(0.3)) traffic.refusals.push(refusal(credential, refused, at, `${network}.${dice.whole(2, 250)}`))
}

const ENDINGS: readonly string[] = ['revoked', 'expired']

/**
 * Makes a question of an API. For an active credential, the question asks for an audience or a scope that most
 * credentials lack, so that the check refuses it.
 */
function questionAbout(dice: Dice, active: boolean): CheckAsk {
  const ask = { presented: undefined, dialects: 'any' as const }
  if (!active) return { ...ask, audiences: [HERE] }
  return dice.chance(0.3)
    ? { ...ask, audiences: [ELSEWHERE] }
    : { ...ask, audiences: [HERE], scopes: [dice.pick(SCOPES).scope] }
}

/** The share of the busiest hour's traffic that this hour has, by hour of the day and day of the week. */
export function rhythm(at: number): number {
  const date = new Date(at)
  const [hour, day] = [date.getUTCHours(), date.getUTCDay()]
  const weekend = day === 0 || day === 6 ? 0.25 : 1
  return weekend * (0.08 + 0.92 * Math.max(0, Math.sin(((hour - 5) / 16) * Math.PI)))
}

/** Adds many refusals of one credential in the last hour, for which the console shows a warning. */
function addTrouble({ counts, refusals }: Traffic, callers: readonly Caller[], now: number): void {
  const ask: CheckAsk = { presented: undefined, dialects: 'any', audiences: [HERE], scopes: ['invoices:write'] }
  const troubled = callers.find(({ facts }) => facts && refusalOf(facts, ask, now)?.reason === 'insufficient_scope')
  const refused = troubled?.facts && refusalOf(troubled.facts, ask, now)
  if (!troubled || !refused) return
  const { credential } = troubled
  for (let i = 2; i < 50; i += 4) {
    const at = now - i * MINUTE
    if (at <= credential.createdAt) return
    const of = { minute: Math.floor(at / MINUTE), countedBy: countedBy(credential), kind: credential.kind }
    counts.push({ ...of, outcome: 'insufficient_scope', count: 6 })
    refusals.push(refusal(credential, refused, at, '203.0.113.77'))
  }
}

/** Makes the same entry that a check records. */
const refusal = (credential: Credential, why: NotedRefusal, at: number, ip: string): JournalEntry =>
  entry({ by: SYSTEM.by, from: { ip } }, 'refused', aboutCredential(credential), { at, ...why })
