import type { World } from '../../core/world.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { DAY } from '../../model/span.ts'
import { milliseconds } from './handler.ts'

const MINUTES = { minute: 1, hour: 60, day: 1440 } as const

/** The largest number of buckets, which is more than a chart can show. The refusal asks for larger buckets. */
const MOST_BUCKETS = 1500

export type Span = { since?: number | undefined; until?: number | undefined }

/** The range of a query; by default the last day. */
export function range(world: World, { since, until }: Span) {
  const end = until === undefined ? world.now() : milliseconds(until)
  const start = since === undefined ? Math.max(0, end - DAY) : milliseconds(since)
  if (start > end)
    throw new Refusal('parameter-invalid', 'since after until', {
      parameter: 'since',
      sentence: 'The range ends before it begins.',
    })
  return { since: start, until: end }
}

export function buckets(world: World, query: Span & { bucket: keyof typeof MINUTES }) {
  const bucketMinutes = MINUTES[query.bucket]
  const { since, until } = range(world, query)
  if ((until - since) / 60_000 / bucketMinutes > MOST_BUCKETS)
    throw new Refusal('parameter-invalid', 'too many buckets', {
      parameter: 'bucket',
      sentence: `That is more than ${MOST_BUCKETS} buckets. Take a larger bucket or a shorter range.`,
    })
  return { since, until, bucketMinutes }
}
