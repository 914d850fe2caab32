import { inDigits, t } from '../language/t.ts'
import { inMilliseconds, spanInWords } from './axes.ts'

/* The figures of a chart, before they are drawn. */

/** `color` is the name of a colour of the theme, such as `accent-6`; `href` is where the legend leads. */
export type Series = { name: string; label: string; color: string; href?: string }
/** An absent value was not measured. */
export type Point = { at: number } & Record<string, number | undefined>
/** Stacked bars, lines on a logarithmic scale, or squares for the hours of a week. */
export type Form = 'bars' | 'lines' | 'week'
export type Plot = {
  form: Form
  series: Series[]
  points: Point[]
  bucketSeconds: number
  /** Set if the points are groups instead of times; `at` is then the place of the group. */
  names?: readonly string[]
  /** True if the last bucket is incomplete. */
  running?: boolean
}
/** The list behind a time range, or behind one series in it; times in seconds, `until` excluded. */
export type Lead = (since: number, until: number, name?: string) => string

type Range = { since: number; until: number; bucket_seconds: number }

/** The buckets of a range, also the empty ones. `until` is excluded: a bucket that starts then is not in it. */
export function buckets({ since, until, bucket_seconds: bucketSeconds }: Range) {
  const first = Math.floor(since / bucketSeconds)
  const end = Math.ceil(until / bucketSeconds)
  return {
    bucketSeconds,
    points: Array.from({ length: end - first }, (_, i): Point => ({ at: (first + i) * bucketSeconds })),
    running: end * bucketSeconds > Date.now() / 1000 && until % bucketSeconds !== 0,
  }
}

/** Bars of counts for each bucket and series. The API sends only buckets with events. */
export function barsOf<Item extends { at: number; count: number }>(
  answer: Range & { items: readonly Item[] },
  series: Series[],
  nameOf: (item: Item) => string,
): Plot {
  const plot = buckets(answer)
  const points = new Map(plot.points.map(point => [point.at, point]))
  for (const item of answer.items) {
    const point = points.get(item.at - (item.at % plot.bucketSeconds))
    const name = nameOf(item)
    if (point) point[name] = (point[name] ?? 0) + item.count
  }
  return { form: 'bars', series, ...plot }
}

export const sum = (items: readonly { count: number }[]): number => items.reduce((total, { count }) => total + count, 0)
export const share = (some: number, all: number): string =>
  t('{number} %', { number: Math.round((some / all) * 1000) / 10 })

export const hrefOf = ({ points, bucketSeconds }: Plot, lead: Lead, from: number, to: number, name?: string): string =>
  lead(points[from]?.at ?? 0, (points[to]?.at ?? 0) + bucketSeconds, name)

/** The name of a group, or the time of a bucket. */
export function labelOf({ names, points, bucketSeconds, running }: Plot, i: number): string {
  const at = points[i]?.at ?? 0
  const label = names?.[i] ?? spanInWords(at, at + bucketSeconds)
  return running && i === points.length - 1 ? t('{time} (so far)', { time: label }) : label
}

export function valueText(form: Form, value: number | undefined): string {
  if (form !== 'lines') return inDigits(value ?? 0)
  return value === undefined ? t('none') : inMilliseconds(value)
}
