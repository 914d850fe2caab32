import { percentile } from '../../model/credentials/check-time.ts'
import type { World } from '../world.ts'

/** Returns percentiles of the times of checks, in milliseconds, for each bucket with checks and for the whole range. */
export async function readCheckTimes(needs: Needs, ask: CheckTimesAsk): Promise<CheckTimes> {
  const whole = new Map<number, number>()
  const buckets = new Map<number, Map<number, number>>()
  for (const { at, step, count } of await needs.usage.times(ask)) {
    const bucket = buckets.get(at) ?? new Map<number, number>()
    bucket.set(step, count)
    buckets.set(at, bucket)
    whole.set(step, (whole.get(step) ?? 0) + count)
  }
  return { whole: spreadOf(whole), buckets: [...buckets].map(([at, counts]) => ({ at, ...spreadOf(counts) })) }
}

function spreadOf(counts: ReadonlyMap<number, number>): Spread {
  const checks = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map(share => percentile(counts, share))
  return p50 === undefined || p95 === undefined || p99 === undefined ? { checks } : { checks, p50, p95, p99 }
}

export type CheckTimesAsk = { since: number; until: number; bucketMinutes: number }
/** The percentiles are absent if there were no checks. */
export type Spread = { checks: number; p50?: number; p95?: number; p99?: number }
export type CheckTimes = { whole: Spread; buckets: (Spread & { at: number })[] }
type Needs = { usage: Pick<World['usage'], 'times'> }
