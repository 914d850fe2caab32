import { DAY } from '../span.ts'
import { GRID, type Mark, round } from './scene.ts'
import type { Plot } from './series.ts'

/* Positions of values and times, and the labels of the axes. */

export type Frame = { left: number; top: number; right: number; bottom: number }
export type Scale = { of(value: number): number; ticks: { value: number; text: string }[] }

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** A scale from zero to a round number above the largest value, in at most five integer steps. */
export function linear(most: number, { top, bottom }: Frame): Scale {
  const rough = Math.max(1, most) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, power * ([1, 2, 2.5, 5, 10].find(factor => factor * power >= rough) ?? 10))
  const whole = Number.isInteger(step) ? step : Math.ceil(step)
  const end = Math.ceil(Math.max(1, most) / whole) * whole
  const ticks = Array.from({ length: Math.round(end / whole) + 1 }, (_, i) => i * whole)
  return {
    of: value => bottom - (value / end) * (bottom - top),
    ticks: ticks.map(value => ({ value, text: compact.format(value) })),
  }
}

/** A scale with powers of ten, so that factors look equal at every size. */
export function logarithmic(values: readonly number[], { top, bottom }: Frame): Scale {
  const floor = Math.floor(Math.log10(Math.max(0.001, Math.min(...values))))
  const end = Math.max(floor + 1, Math.ceil(Math.log10(Math.max(...values))))
  const ticks = Array.from({ length: end - floor + 1 }, (_, i) => 10 ** (floor + i))
  return {
    of: value => bottom - ((Math.log10(Math.max(value, 10 ** floor)) - floor) / (end - floor)) * (bottom - top),
    ticks: ticks.map(value => ({ value, text: inMilliseconds(value) })),
  }
}

export function inMilliseconds(value: number): string {
  if (value < 1) return `${Number((value * 1000).toPrecision(2))} µs`
  return value < 1000 ? `${Number(value.toPrecision(3))} ms` : `${Number((value / 1000).toPrecision(3))} s`
}

export const gridOf = (scale: Scale, { left, right }: Frame): Mark[] =>
  scale.ticks.flatMap(({ value, text }): Mark[] => {
    const y = round(scale.of(value))
    return [
      { is: 'line', d: `M${left} ${y}H${right}`, color: GRID, width: 1 },
      { is: 'text', x: left - 6, y: y + 4, text, anchor: 'end' },
    ]
  })

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })
const whole = new Intl.DateTimeFormat('en', { weekday: 'short', month: 'short', day: 'numeric' })

const utcMonthDay = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })

const isLong = ({ bucketSeconds, points }: Plot): boolean => bucketSeconds * points.length > 2 * DAY

/** Labels below the axis, as many as fit. For a range of several days, each day has one label at its start. */
export function namesBelow(plot: Plot, { left, right, bottom }: Frame): Mark[] {
  const { points, names } = plot
  const step = (right - left) / points.length
  const long = isLong(plot)
  const text = (i: number): string => {
    const at = (points[i]?.at ?? 0) * 1000
    // Buckets of one day begin and end in UTC, so their labels use UTC.
    if (plot.bucketSeconds % DAY === 0) return names?.[i] ?? utcMonthDay.format(at)
    return names?.[i] ?? (long ? day : clock).format(at)
  }
  const places = points.map((_, i) => i).filter(i => names || !long || i === 0 || text(i) !== text(i - 1))
  const room = names ? 0 : 58
  const marks: Mark[] = []
  let free = Number.NEGATIVE_INFINITY
  for (const i of places) {
    const x = left + step * (i + 0.5)
    if (x < free || x + 16 > right + 8) continue
    marks.push({ is: 'text', x: round(x), y: bottom + 16, text: text(i), anchor: 'middle' })
    free = x + room
  }
  return marks
}

/** `Tue, Nov 3, 14:00 to 15:00`; for a whole day, its name. */
export function spanInWords(from: number, to: number): string {
  const [start, end] = [new Date(from * 1000), new Date(to * 1000)]
  if ((to - from) % DAY === 0 && from % DAY === 0) {
    const last = new Date((to - DAY) * 1000)
    return to - from === DAY ? utcDay.format(start) : `${utcDay.format(start)} to ${utcDay.format(last)}`
  }
  const same = whole.format(start) === whole.format(end)
  return `${whole.format(start)}, ${clock.format(start)} to ${same ? '' : `${whole.format(end)}, `}${clock.format(end)}`
}
/** Buckets of one day begin and end in UTC. */
const utcDay = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
  timeZoneName: 'short',
})
