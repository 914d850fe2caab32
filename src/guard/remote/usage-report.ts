import { type CountedBy, readsAsSource } from '../../model/credentials/counted-by.ts'
import { nameOfOutcome, type Outcome } from '../../model/credentials/verdict.ts'
import { later } from './environment.ts'

/*
 * Counts verdicts that the guard gave without asking, and reports them to the server in batches for its charts and
 * "last used". The next report repeats a lost one. No request waits for a report.
 */

export type UsageReport = {
  used(countedBy: CountedBy, outcome: Outcome): void
  /** Sends the remaining counts. */
  close(): Promise<void>
}

type Count = { countedBy: CountedBy; outcome: string; count: number; last_at: number }

const isSource = ({ countedBy }: Count): boolean => readsAsSource(countedBy)
/** Sends `counted_by` only if the server has sent it before, because older servers know only `credential_id`. */
const itemOf = ({ countedBy, ...rest }: Count) =>
  readsAsSource(countedBy) ? { counted_by: countedBy, ...rest } : { credential_id: countedBy, ...rest }

const INTERVAL_MILLISECONDS = 10_000
const MOST_IN_REPORT = 1000
/** The largest number of different credentials between two reports; uses of further credentials are not counted. */
const MOST_HELD = 20_000

export function openUsageReport(options: {
  url: string
  authorization: string
  timeoutMilliseconds: number
  onError?: (error: unknown) => void
}): UsageReport {
  /** Counts by outcome, then by credential, so that no request needs a combined key. */
  let held = new Map<string, Map<string, Count>>()
  let kept = 0
  let stop: (() => void) | undefined
  let telling: Promise<void> | undefined
  let wanted = true

  function of(outcome: string): Map<string, Count> {
    const found = held.get(outcome) ?? new Map<string, Count>()
    held.set(outcome, found)
    return found
  }

  function add(one: Count): void {
    const counts = of(one.outcome)
    const known = counts.get(one.countedBy)
    if (known) {
      known.count += one.count
      known.last_at = Math.max(known.last_at, one.last_at)
    } else if (kept < MOST_HELD) {
      kept++
      counts.set(one.countedBy, one)
    }
  }

  async function tell(): Promise<void> {
    const all = [...held.values()].flatMap(counts => [...counts.values()])
    held = new Map()
    kept = 0
    // Two separate reports, so that a server that does not know `counted_by` still reads the other report.
    const left = [...(await report(all.filter(one => !isSource(one)))), ...(await report(all.filter(isSource)))]
    if (wanted) for (const one of left) add(one)
  }

  /** Returns the counts that the server did not take. */
  async function report(waiting: Count[]): Promise<Count[]> {
    while (wanted && waiting.length > 0) {
      const items = waiting.slice(0, MOST_IN_REPORT)
      const answer = await post(items)
      if (answer === 'unwanted') wanted = false
      if (answer !== 'done') break
      waiting.splice(0, items.length)
    }
    return waiting
  }

  async function post(items: Count[]): Promise<'done' | 'unwanted' | 'failed'> {
    try {
      const answer = await fetch(`${options.url}/v1/verify/usage`, {
        method: 'POST',
        headers: { authorization: options.authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ items: items.map(itemOf) }),
        signal: AbortSignal.timeout(options.timeoutMilliseconds),
        redirect: 'error',
      })
      await answer.body?.cancel()
      if (answer.status === 200) return 'done'
      // An older server may not know a reason in the report. Such a report is dropped, because the next one may be readable.
      // Counts with a source are kept, because during an upgrade another server may answer the next report.
      if (answer.status === 400) return items.some(isSource) ? 'failed' : 'done'
      return answer.status === 404 ? 'unwanted' : 'failed'
    } catch (error) {
      options.onError?.(error)
      return 'failed'
    }
  }

  function tellSoon(): void {
    stop ??= later(INTERVAL_MILLISECONDS, () => {
      stop = undefined
      telling = tell().then(() => {
        if (kept > 0) tellSoon()
      })
    })
  }

  return {
    used(countedBy, outcome) {
      if (!wanted) return
      const name = nameOfOutcome(outcome)
      const now = Math.floor(Date.now() / 1000)
      const known = held.get(name)?.get(countedBy)
      if (known) {
        known.count++
        known.last_at = now
      } else add({ countedBy, outcome: name, count: 1, last_at: now })
      if (!stop) tellSoon()
    },
    async close() {
      stop?.()
      stop = undefined
      await telling
      if (kept > 0) await tell()
      wanted = false
    },
  }
}
