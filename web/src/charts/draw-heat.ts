import type { LegendItem } from './legend.tsx'
import { box, type Mark, round, type Scene, type Spot } from './scene.ts'

/** Counts by day of the week and hour of the day; `cells` has seven rows of 24, Monday first. */
export type Week = { cells: readonly (readonly number[])[]; most: number }

const COLOR = 'accent.6'
const STEPS = 5
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const FULL_DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'] as const
const [LEFT, TOP, RIGHT, BELOW] = [34, 6, 4, 20]

/** Draws squares in five sizes, larger for more, so that no information depends on colour. */
export function drawWeek({ cells, most }: Week, width: number, unit: (count: number) => string): Scene {
  const wide = (width - LEFT - RIGHT) / 24
  const tall = Math.max(18, Math.min(26, wide))
  const y = (day: number) => TOP + day * tall
  const squares = cells.map((row, day) =>
    row.map((count, hour) => {
      const side = sideOf(sizeOf(count, most)) * (Math.min(wide, tall) - 2)
      if (count === 0) return box(LEFT + (hour + 0.5) * wide - 0.5, y(day) + tall / 2 - 0.5, 1, 1)
      return box(LEFT + (hour + 0.5) * wide - side / 2, y(day) + (tall - side) / 2, side, side)
    }),
  )
  const spots: Spot[] = cells.flatMap((row, day) =>
    row.map((count, hour) => ({
      x: round(LEFT + hour * wide),
      y: y(day),
      width: wide,
      height: tall,
      label: hourInWords(day, hour),
      values: [{ name: 'uses', label: '', text: unit(count) }],
    })),
  )
  const height = y(7) + BELOW
  return {
    width,
    height,
    spots,
    perRow: 24,
    marks: [
      { is: 'shape', d: squares.flat().join(''), paint: { color: COLOR, texture: 0 } },
      ...DAYS.map(
        (text, day): Mark => ({ is: 'text', x: LEFT - 6, y: round(y(day) + tall / 2 + 4), text, anchor: 'end' }),
      ),
      ...[0, 6, 12, 18].map(
        (hour): Mark => ({
          is: 'text',
          x: round(LEFT + (hour + 0.5) * wide),
          y: height - 6,
          text: clock(hour),
          anchor: 'middle',
        }),
      ),
    ],
  }
}

/** The side, as a part of the largest square. The smallest square is still visible. */
const sideOf = (step: number): number => 0.2 + (0.8 * step) / STEPS

/**
 * 0 for none, otherwise 1 to 5. Uses the square root, so that small counts differ from none and large counts differ from
 * each other.
 */
const sizeOf = (count: number, most: number): number =>
  count === 0 ? 0 : Math.ceil(Math.sqrt(count / Math.max(1, most)) * STEPS)

export const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`
export const hourInWords = (day: number, hour: number): string =>
  `${FULL_DAYS[day]}, ${clock(hour)} to ${clock((hour + 1) % 24)}`

/** The sizes that occur, with the counts that each means. */
export function weekLegend({ most }: Week): LegendItem[] {
  const steps = Array.from({ length: STEPS }, (_, i) => i + 1)
  return steps.flatMap(step => {
    const [from, to] = [Math.floor(most * ((step - 1) / STEPS) ** 2) + 1, Math.floor(most * (step / STEPS) ** 2)]
    if (to < from) return []
    const label = from === to ? from.toLocaleString('en') : `${from.toLocaleString('en')}–${to.toLocaleString('en')}`
    return [{ name: String(step), label, paint: { color: COLOR, texture: 0 }, share: sideOf(step) }]
  })
}
