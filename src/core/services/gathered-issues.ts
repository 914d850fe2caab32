import { aboutClient, entry, type JournalEntry } from '../../model/journal.ts'
import { networkOf } from '../../model/networks.ts'
import { MINUTE } from '../../model/span.ts'
import { SYSTEM } from '../../model/users/actor.ts'

/**
 * Combines issues of stated tokens per client and minute. The first issue of a minute is recorded at the next flush, so
 * a crash hides no client. The other issues are recorded together after the minute.
 */
export type GatheredIssues = {
  add(clientId: string, issued: JournalEntry): void
  /** The entries to write: `all`, or `due` without those of the current minute. */
  take(which: 'due' | 'all', now: number): JournalEntry[]
}

type Gathered = {
  minute: number
  first: JournalEntry
  last: JournalEntry
  count: number
  networks: Set<string>
  /** True if the journal has an entry of this minute. */
  entered: boolean
}

const MOST_NETWORKS = 20

export function gatherIssues(): GatheredIssues {
  let over: Gathered[] = []
  const current = new Map<string, Gathered>()

  return {
    add(clientId, issued) {
      const minute = Math.floor(issued.at / MINUTE)
      let one = current.get(clientId)
      if (one?.minute !== minute) {
        if (one && one.count > 0) over.push(one)
        one = { minute, first: issued, last: issued, count: 0, networks: new Set(), entered: false }
        current.set(clientId, one)
      }
      const { ip } = issued
      const isKnown = one.networks.size > 0 && ip === one.last.ip
      if (ip !== undefined && !isKnown && one.networks.size < MOST_NETWORKS) one.networks.add(networkOf(ip))
      if (one.count++ === 0) one.first = issued
      one.last = issued
    },
    take(which, now) {
      const due = over
      over = []
      const minute = Math.floor(now / MINUTE)
      for (const [clientId, one] of current) {
        const goesOn = one.minute === minute
        if (one.count > 0 && (which === 'all' || !one.entered || !goesOn)) {
          due.push({ ...one, networks: new Set(one.networks) })
          one.count = 0
          one.networks.clear()
          one.entered = true
        }
        if (!goesOn && one.count === 0) current.delete(clientId)
      }
      return due.map(entryOf)
    },
  }
}

/** A single issue keeps its own entry. */
function entryOf({ first, last, count, networks }: Gathered): JournalEntry {
  if (count === 1) return first
  const { clientId = '', requestId } = first
  const from = requestId === undefined ? {} : { requestId }
  const detail = {
    tokens: count,
    networks: [...networks],
    last_at: last.at,
    ...(last.requestId !== undefined && { last_request: last.requestId }),
  }
  const made = entry({ by: SYSTEM.by, from }, 'issued', aboutClient({ id: clientId }), { at: first.at, detail })
  return { ...made, actor: first.actor }
}
