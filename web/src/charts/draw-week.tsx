import { language } from '../language/language.ts'
import { counted, inDigits } from '../language/t.ts'
import type { Plot } from './plot.ts'
import type { Scene } from './scene.ts'
import { box, Shape, Words } from './shapes.tsx'
import { clock } from './week.ts'

const SIZES = [1, 2, 3, 4, 5]
const [LEFT, TOP, RIGHT, BELOW] = [34, 6, 4, 20]
const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
const DAYS = [1, 2, 3, 4, 5, 6, 7].map(day => weekday.format(Date.UTC(2024, 0, day)))

/** Draws a square for each hour in five sizes, larger for more, so that no information depends on colour. */
export function drawWeek({ points, names, series: [uses] }: Plot, width: number): Scene {
  const { name = '', color = '' } = uses ?? {}
  const counts = points.map(point => point[name] ?? 0)
  const most = Math.max(1, ...counts)
  const wide = (width - LEFT - RIGHT) / 24
  const tall = Math.max(18, Math.min(26, wide))
  const height = TOP + 7 * tall + BELOW
  const spots = counts.map((count, i) => ({
    x: LEFT + (i % 24) * wide,
    y: TOP + Math.floor(i / 24) * tall,
    width: wide,
    height: tall,
    label: names?.[i] ?? '',
    values: [{ name, label: '', text: counted(count, 'use') }],
  }))
  const squares = spots.map(({ x, y }, i) => {
    // The square root, so that small counts differ from none and large counts differ from each other.
    const size = Math.ceil(Math.sqrt((counts[i] ?? 0) / most) * SIZES.length)
    const side = size === 0 ? 1 : sideOf(size) * (Math.min(wide, tall) - 2)
    return box(x + (wide - side) / 2, y + (tall - side) / 2, side, side)
  })
  return {
    width,
    height,
    spots,
    perRow: 24,
    legend: SIZES.flatMap(size => {
      const [before, to] = [largestOf(size - 1, most), largestOf(size, most)]
      if (to === before) return []
      const side = 14 * sideOf(size)
      return {
        name: String(size),
        label: to === before + 1 ? inDigits(to) : `${inDigits(before + 1)}–${inDigits(to)}`,
        sample: <Shape d={box(8 - side / 2, 7 - side / 2, side, side)} color={color} />,
      }
    }),
    drawing: (
      <>
        <Shape d={squares.join('')} color={color} />
        {DAYS.map((day, i) => (
          <Words key={day} x={LEFT - 6} y={TOP + (i + 0.5) * tall + 4} anchor="end">
            {day}
          </Words>
        ))}
        {[0, 6, 12, 18].map(hour => (
          <Words key={hour} x={LEFT + (hour + 0.5) * wide} y={height - 6}>
            {clock(hour)}
          </Words>
        ))}
      </>
    ),
  }
}

/** The side, as a part of the largest square. The smallest square is still visible. */
const sideOf = (size: number): number => 0.2 + (0.8 * size) / SIZES.length
/** The largest count that is drawn in this size. */
const largestOf = (size: number, most: number): number => Math.floor(most * (size / SIZES.length) ** 2)
