import { language } from '../language/language.ts'
import { inDigits } from '../language/t.ts'
import { DAY } from '../span.ts'

/* Scales of values, and the words for values and times. */

/** `share` is the height of a value, from 0 at the bottom to 1 at the top. */
export type Scale = { ticks: number[]; share(value: number): number; text(value: number): string }

/** From zero to a round number that is not below the largest value, in at most five whole steps. */
export function linear(values: readonly number[]): Scale {
  const most = Math.max(1, ...values)
  const power = 10 ** Math.max(0, Math.floor(Math.log10(most / 4)))
  const step = power * ([1, 2, 5].find(factor => factor * power >= most / 4) ?? 10)
  const steps = Math.ceil(most / step)
  return {
    ticks: Array.from({ length: steps + 1 }, (_, i) => i * step),
    share: value => value / (steps * step),
    text: value => compact.format(value),
  }
}
const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })

/** Powers of ten, so that factors look equal at every size. */
export function logarithmic(values: readonly number[]): Scale {
  const floor = Math.floor(Math.log10(Math.max(0.001, Math.min(...values))))
  const steps = Math.max(1, Math.ceil(Math.log10(Math.max(...values))) - floor)
  return {
    ticks: Array.from({ length: steps + 1 }, (_, i) => 10 ** (floor + i)),
    share: value => Math.max(0, Math.log10(value) - floor) / steps,
    text: inMilliseconds,
  }
}

export function inMilliseconds(value: number): string {
  const digits = (number: number, most: number) => inDigits(Number(number.toPrecision(most)))
  if (value < 1) return `${digits(value * 1000, 2)} µs`
  return value < 1000 ? `${digits(value, 3)} ms` : `${digits(value / 1000, 3)} s`
}

const time = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, parts)
const [date, clock] = [
  { month: 'short', day: 'numeric' },
  { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
] as const
// Buckets of one day begin and end in UTC.
const below = { clock: time(clock), day: time(date), utcDay: time({ ...date, timeZone: 'UTC' }) }
const spans = {
  hours: time({ weekday: 'short', ...date, ...clock }),
  days: time({ weekday: 'short', ...date, timeZone: 'UTC', timeZoneName: 'short' }),
}

/** For the axis: the hour, or the day if the axis is longer than two days. */
export function shortTime(at: number, bucketSeconds: number, length: number): string {
  const form = bucketSeconds % DAY === 0 ? 'utcDay' : length > 2 * DAY ? 'day' : 'clock'
  return below[form].format(at * 1000)
}

export const spanInWords = (from: number, to: number): string =>
  from % DAY === 0 && to % DAY === 0
    ? spans.days.formatRange(from * 1000, to * 1000 - 1)
    : spans.hours.formatRange(from * 1000, to * 1000)
