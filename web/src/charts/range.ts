import { t } from '../language/t.ts'
import { DAY, HOUR, MINUTE } from '../span.ts'

/* The time that charts show. */

export const RANGES = [
  { value: '1h', label: t('1 hour'), when: t('in the last hour'), seconds: HOUR, bucket: 'minute' },
  { value: '24h', label: t('24 hours'), when: t('in the last 24 hours'), seconds: DAY, bucket: 'hour' },
  { value: '7d', label: t('7 days'), when: t('in the last 7 days'), seconds: 7 * DAY, bucket: 'hour' },
  { value: '30d', label: t('30 days'), when: t('in the last 30 days'), seconds: 30 * DAY, bucket: 'day' },
] as const
export type Range = (typeof RANGES)[number]
export const rangeOf = (value: string | undefined): Range => RANGES.find(range => range.value === value) ?? RANGES[1]

export type Span = { since: number; until: number; bucket: Range['bucket'] }

/** The range of the same length before this one. */
export const before = ({ since, until, bucket }: Span): Span => ({
  since: since - (until - since),
  until: since,
  bucket,
})

/**
 * A range of whole buckets, the last one incomplete. Its end is rounded up to a minute, so that requests within a minute
 * are equal and can be cached.
 */
export function span({ bucket, seconds }: Range, now: number): Span {
  const step = { minute: MINUTE, hour: HOUR, day: DAY }[bucket]
  const until = Math.ceil(now / MINUTE) * MINUTE
  return { since: Math.ceil(until / step) * step - seconds, until, bucket }
}
