import { CHECK_TIME_STEPS, stepOf } from '../../model/credentials/check-time.ts'
import { type CountedBy, readCountedBy } from '../../model/credentials/counted-by.ts'
import { nameOfOutcome, type Outcome } from '../../model/credentials/verdict.ts'
import { entry, type JournalEntry } from '../../model/journal.ts'
import { networkOf } from '../../model/networks.ts'
import { SYSTEM } from '../../model/users/actor.ts'
import type { Stores } from '../../ports/stores.ts'
import type { NetworkUse, UsageCount } from '../../ports/usage.ts'
import { gatherIssues } from './gathered-issues.ts'
import { gatherRefusals } from './gathered-refusals.ts'

/**
 * Records refusals and use, in memory, and writes them together; a crash loses at most one interval. Changes do not use
 * the recorder: their entry belongs to their transaction.
 */
export type Recorder = {
  note(entry: JournalEntry): void
  /** Records a refused request; once, even if several parts report it. */
  refused(entry: JournalEntry): void
  /** The number of refused requests and sign-ins per reason since the start. */
  refusals(): ReadonlyMap<string, number>
  /** Counts checks. `outcome` is `valid` or the reason of the refusal. */
  used(countedBy: CountedBy, kind: string, outcome: Outcome, at: number, ip?: string, times?: number): void
  /** Counts a token issued to a client. The count outlives the token's row, and exists without one. */
  issued(clientId: string, at: number): void
  /** Combines issues of a client to itself into one entry per minute. */
  gather(clientId: string, issued: JournalEntry): void
  /** Stores the time of a session's last use. A session is not counted as a checked credential. */
  seen(sessionId: string, at: number): void
  /**
   * Records the first use of a credential, grant or client, as far as the caller knows. Idempotent. For a client, the
   * store decides once whether it was used before.
   */
  begun(countedBy: CountedBy, entry: () => JournalEntry): void
  /** Records the duration of one check in milliseconds. */
  took(milliseconds: number): void
  /** Writes everything recorded; `due` leaves the gathered issues of the current minute. */
  flush(which?: 'due' | 'all'): Promise<void>
}

/**
 * The largest number of notes in memory. Further ones are only counted, because the database may be unavailable for
 * some time.
 */
const MOST_NOTES = 20_000
const REFUSALS: ReadonlySet<JournalEntry['event']> = new Set(['refused', 'sign-in-failed'])
const MOST_COUNTS = 20_000
/** The largest number of new credentials in memory. They are remembered, because a cached look-up reports them as new for some time. */
const MOST_BEGUN = 50_000
const MOST_NOTED = 50_000

export function openRecorder(stores: Pick<Stores, 'journal' | 'usage'>): Recorder {
  let notes: JournalEntry[] = []
  let dropped = 0
  /** The counts of each thing, found by its own key so that no combined key is built. A thing has one or two counts. */
  let counts = new Map<string, UsageCount[]>()
  let countsHeld = 0
  let lastUsed = new Map<string, number>()
  let given = new Map<string, { count: number; at: number }>()
  let networks = new Map<string, NetworkUse>()
  const begun = new Set<CountedBy>()
  let begunClients = new Map<string, JournalEntry>()
  const times = new Uint32Array(CHECK_TIME_STEPS)

  /** The ids of requests whose refusal was recorded in this interval or the previous one. */
  let noted = new Set<string>()
  let notedBefore = new Set<string>()

  const refusals = gatherRefusals()
  const issues = gatherIssues()

  function note(entry: JournalEntry): void {
    if (REFUSALS.has(entry.event)) {
      if (entry.requestId !== undefined && noted.size < MOST_NOTED) noted.add(entry.requestId)
      if (refusals.admit(entry) === 'counted alone') return
    }
    if (notes.length < MOST_NOTES) notes.push(entry)
    else dropped++
  }

  return {
    note,

    refused(entry) {
      const { requestId = '' } = entry
      if (!noted.has(requestId) && !notedBefore.has(requestId)) note(entry)
    },

    refusals: () => refusals.totals,

    used(countedBy, kind, came, at, ip, times = 1) {
      const outcome = nameOfOutcome(came)
      const minute = Math.floor(at / 60_000)
      const before = counts.get(countedBy)
      const known = before?.find(one => one.minute === minute && one.outcome === outcome)
      if (known) known.count += times
      else if (countsHeld < MOST_COUNTS) {
        const first = { minute, countedBy, kind, outcome, count: times }
        countsHeld++
        if (before) before.push(first)
        else counts.set(countedBy, [first])
      }
      if (outcome !== 'valid') return
      lastUsed.set(countedBy, Math.max(at, lastUsed.get(countedBy) ?? 0))
      if (ip === undefined || networks.size >= MOST_COUNTS) return
      const network = networkOf(ip)
      networks.set(`${countedBy} ${network}`, { countedBy, network, at })
    },

    issued(clientId, at) {
      const before = given.get(clientId)
      if (before) {
        before.count++
        before.at = Math.max(at, before.at)
      } else given.set(clientId, { count: 1, at })
    },

    gather: issues.add,

    seen(sessionId, at) {
      lastUsed.set(sessionId, at)
    },

    begun(countedBy, entry) {
      if (begun.has(countedBy)) return
      if (begun.size >= MOST_BEGUN) begun.clear()
      begun.add(countedBy)
      const what = readCountedBy(countedBy)
      if (!('clientId' in what)) note(entry())
      else if (begunClients.size < MOST_NOTES) begunClients.set(what.clientId, entry())
    },

    took(milliseconds) {
      const step = stepOf(milliseconds)
      times[step] = (times[step] ?? 0) + 1
    },

    async flush(which = 'all') {
      const [someNotes, someCounts, someLastUsed, someNetworks, some] = [notes, counts, lastUsed, networks, dropped]
      const [someGiven, someBegun] = [given, begunClients]
      begunClients = new Map()
      notes = []
      counts = new Map()
      countsHeld = 0
      lastUsed = new Map()
      given = new Map()
      networks = new Map()
      dropped = 0
      const someTimes = new Map([...times.entries()].filter(([, count]) => count > 0))
      times.fill(0)
      notedBefore = noted
      noted = new Set()
      if (some > 0)
        someNotes.push(
          entry(
            SYSTEM,
            'refused',
            { about: 'journal' },
            { at: Date.now(), reason: 'flood', detail: { unrecorded: some } },
          ),
        )
      // The database decides which use is the first, so this must run before the counts of this interval are written.
      if (someBegun.size > 0)
        for (const id of await stores.usage.neverAccepted([...someBegun.keys()]))
          someNotes.push(someBegun.get(id) as JournalEntry)
      someNotes.push(...issues.take(which, Date.now()))
      if (someNotes.length > 0) await stores.journal.append(someNotes)
      if (someCounts.size + someLastUsed.size > 0)
        await stores.usage.add([...someCounts.values()].flat(), someLastUsed, [...someNetworks.values()])
      if (someGiven.size > 0) await stores.usage.addIssues(someGiven)
      if (someTimes.size > 0) await stores.usage.addTimes(Date.now(), someTimes)
    },
  }
}
