import type { Answer } from '../../../src/wire/admin/contract.ts'
import { counted } from '../language/t.ts'
import { KINDS, kindLabel, reasonInWords } from '../show/value/words.ts'
import { DAY, HOUR, MINUTE } from '../span.ts'

/* Converts counts of the API to rows for charts and tables. */

export type Usage = Answer<'readUsage'>
export type Series = { name: string; label: string; color: string }
/** An absent value was not measured. */
export type Point = { at: number } & Record<string, number | undefined>
/** `names` is set if the points are bands instead of times. */
export type Plot = {
  series: Series[]
  points: Point[]
  bucketSeconds: number
  total: number
  names?: string[]
  /** True if the last bucket is incomplete. */
  running?: true
}

/** Says whether the last bucket of the range is incomplete. */
export function runningOf({ until, bucket_seconds: step }: Pick<Usage, 'until' | 'bucket_seconds'>): {
  running?: true
} {
  const end = (Math.floor(until / step) + 1) * step
  return end > Date.now() / 1000 && until % step !== 0 ? { running: true } : {}
}

const KIND_COLORS: Readonly<Record<string, string>> = {
  application_token: 'accent.6',
  api_key: 'blue.6',
  access_token: 'violet.6',
  user_token: 'orange.6',
  token_pair: 'pink.6',
}
const REASON_COLORS = ['red.7', 'orange.6', 'yellow.6', 'grape.6']

/** The start of every bucket in the range, also of empty ones. `until` is excluded: a bucket that starts then is not in it. */
export function timeline({ since, until, bucket_seconds: step }: Pick<Usage, 'since' | 'until' | 'bucket_seconds'>) {
  const first = Math.floor(since / step) * step
  return Array.from({ length: Math.ceil((until - first) / step) }, (_, i) => first + i * step)
}

/** Fills gaps with zero, because the API sends only buckets with events. */
function fill(usage: Usage, nameOf: (item: Usage['items'][number]) => string, names: readonly string[]): Point[] {
  const step = usage.bucket_seconds
  const points = new Map<number, Point>()
  for (const at of timeline(usage)) points.set(at, Object.fromEntries([['at', at], ...names.map(name => [name, 0])]))
  for (const item of usage.items) {
    const point = points.get(Math.floor(item.at / step) * step)
    const name = nameOf(item)
    if (point) point[name] = (point[name] ?? 0) + item.count
  }
  return [...points.values()]
}

const sentenceCase = (code: string): string => (code.charAt(0).toUpperCase() + code.slice(1)).replaceAll('_', ' ')

const sum = (items: Usage['items']): number => items.reduce((total, { count }) => total + count, 0)

export function byKind(usage: Usage): Plot {
  const present = [...new Set(usage.items.map(({ kind }) => kind))]
  const order = Object.keys(KINDS)
  const names = present.sort((a, b) => order.indexOf(a) - order.indexOf(b))
  return {
    series: names.map(name => ({ name, label: kindLabel(name), color: KIND_COLORS[name] ?? 'gray.6' })),
    points: fill(usage, ({ kind }) => kind, names),
    bucketSeconds: usage.bucket_seconds,
    total: sum(usage.items),
    ...runningOf(usage),
  }
}

/** Counts of valid checks, and of refused ones by reason. Rare reasons share one series. */
export function byOutcome(usage: Usage): Plot {
  const reasons = new Map<string, number>()
  for (const { outcome, count } of usage.items)
    if (outcome !== 'valid') reasons.set(outcome, (reasons.get(outcome) ?? 0) + count)
  const top = [...reasons].sort((a, b) => b[1] - a[1]).map(([reason]) => reason)
  const named = top.length > REASON_COLORS.length ? top.slice(0, REASON_COLORS.length - 1) : top
  const nameOf = ({ outcome }: { outcome: string }) =>
    outcome === 'valid' || named.includes(outcome) ? outcome : 'other'
  const series: Series[] = [
    { name: 'valid', label: 'Valid', color: 'accent.6' },
    ...named.map((name, i) => ({
      name,
      label: sentenceCase(name),
      color: REASON_COLORS[i] ?? 'gray.6',
    })),
    ...(named.length < top.length ? [{ name: 'other', label: 'Other refusals', color: 'gray.6' }] : []),
  ]
  return {
    series,
    points: fill(
      usage,
      nameOf,
      series.map(({ name }) => name),
    ),
    bucketSeconds: usage.bucket_seconds,
    total: sum(usage.items),
    ...runningOf(usage),
  }
}

export const totalOf = ({ items }: Pick<Usage, 'items'>): number => sum(items)
export const validOf = ({ items }: Pick<Usage, 'items'>): number =>
  sum(items.filter(({ outcome }) => outcome === 'valid'))

/** The sentence that describes the picture. */
export function sayOutcome(usage: Usage, range: string): string {
  const total = sum(usage.items)
  if (total === 0) return `No requests in ${range}.`
  const valid = validOf(usage)
  const share = Math.round((valid / total) * 1000) / 10
  const top = byOutcome(usage).series[1]?.name
  return `${counted(total, 'request')} in ${range}, ${share} % accepted${
    top ? `; most refusals: ${reasonInWords(top)}` : ''
  }.`
}

export function sayKind(usage: Usage, range: string): string {
  const total = sum(usage.items)
  if (total === 0) return `No requests in ${range}.`
  const counts = new Map<string, number>()
  for (const { kind, count } of usage.items) counts.set(kind, (counts.get(kind) ?? 0) + count)
  const [kind, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  const share = Math.round((count / total) * 100)
  return `${counted(total, 'request')} in ${range}; ${share} % with ${inSentence(KINDS[kind as keyof typeof KINDS]?.plural ?? kind)}.`
}

const inSentence = (text: string): string => (text.startsWith('API') ? text : text.toLowerCase())

export const RANGES = [
  { value: '1h', label: '1 hour', words: 'the last hour', seconds: 3600, bucket: 'minute' },
  { value: '24h', label: '24 hours', words: 'the last 24 hours', seconds: DAY, bucket: 'hour' },
  { value: '7d', label: '7 days', words: 'the last 7 days', seconds: 7 * DAY, bucket: 'hour' },
  { value: '30d', label: '30 days', words: 'the last 30 days', seconds: 30 * DAY, bucket: 'day' },
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
export function span(range: Range, now: number): Span {
  const step = { minute: MINUTE, hour: HOUR, day: DAY }[range.bucket]
  const until = Math.ceil(now / 60) * 60
  return { since: (Math.floor((until - 1) / step) + 1) * step - range.seconds, until, bucket: range.bucket }
}
