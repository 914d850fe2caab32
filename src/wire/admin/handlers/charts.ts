import { readCheckTimes, type Spread } from '../../../core/journal/read-check-times.ts'
import { AGE_BANDS, KINDS, USED_WITHIN } from '../../../model/credential.ts'
import { DAY } from '../../../model/span.ts'
import { seconds } from '../show.ts'
import { type Handlers, told } from './handler.ts'
import { buckets } from './insight.ts'

export const chartHandlers: Handlers<'readCheckTimes' | 'credentialAges'> = {
  async readCheckTimes(world, _who, { query }) {
    const { since, until, bucketMinutes } = buckets(world, query)
    const times = await readCheckTimes(world, { since, until, bucketMinutes })
    return told({
      since: seconds(since),
      until: seconds(until),
      bucket_seconds: bucketMinutes * 60,
      ...showSpread(times.whole),
      items: times.buckets.map(({ at, ...spread }) => ({ at: seconds(at), ...showSpread(spread) })),
    })
  },

  async credentialAges(world) {
    const counts = await world.insight.ages(world.now())
    return told({
      used_within_days: USED_WITHIN / DAY,
      items: counts.map(({ fromDays, kind, use, count }) => ({
        from_days: fromDays,
        to_days: AGE_BANDS.find(days => days > fromDays) ?? null,
        kind: KINDS[kind].shown,
        use,
        count,
      })),
    })
  },
}

const showSpread = ({ checks, p50, p95, p99 }: Spread) => ({
  checks,
  p50_ms: rounded(p50),
  p95_ms: rounded(p95),
  p99_ms: rounded(p99),
})

/** To the microsecond: more would be noise. */
const rounded = (milliseconds: number | undefined): number | null =>
  milliseconds === undefined ? null : Math.round(milliseconds * 1000) / 1000
