import { type Frame, gridOf, inMilliseconds, linear, logarithmic, namesBelow, type Scale, spanInWords } from './axes.ts'
import { box, DASHES, GRID, type Mark, marker, round, type Scene, type Spot, WORDS } from './scene.ts'
import type { Plot, Point } from './series.ts'

export type Form = 'bars' | 'areas' | 'lines'
export const HEIGHT = 230
const MOST_MARKERS = 40
const WIDEST_BAR = 34

/** Draws series over time, or over named bands. */
export function drawPlot(plot: Plot, form: Form, width: number): Scene {
  const frame: Frame = { left: 46, top: 10, right: width - 8, bottom: HEIGHT - 24 }
  const step = (frame.right - frame.left) / plot.points.length
  const scale = form === 'lines' ? logarithmic(valuesOf(plot), frame) : linear(highest(plot), frame)
  const draw = { bars: drawBars, areas: drawAreas, lines: drawLines }[form]
  return {
    width,
    height: HEIGHT,
    marks: [
      ...underWay(plot, frame, step),
      ...gridOf(scale, frame),
      ...draw(plot, scale, frame, step),
      ...namesBelow(plot, frame),
    ],
    spots: plot.points.map((point, i) => spotOf(plot, form, point, { i, frame, step, scale })),
  }
}

/** Marks the incomplete bucket by a different background, so that its low value is not read as a decrease. */
function underWay({ running }: Plot, { left, right, top, bottom }: Frame, step: number): Mark[] {
  if (!running) return []
  const x = round(right - step)
  return [
    { is: 'shape', d: box(x, top, step, bottom - top), paint: { color: GRID, texture: 0 } },
    { is: 'line', d: `M${x} ${top}V${bottom}`, color: WORDS, width: 1, dash: '2 3' },
    { is: 'text', x: Math.max(left + 40, x - 4), y: top + 8, text: SO_FAR, anchor: 'end' },
  ]
}
const SO_FAR = 'so far'

export const valueText = (form: Form, value: number | undefined): string =>
  form === 'lines' ? (value === undefined ? 'none' : inMilliseconds(value)) : (value ?? 0).toLocaleString('en')

type Place = { i: number; frame: Frame; step: number; scale: Scale }

function spotOf(plot: Plot, form: Form, point: Point, { i, frame, step, scale }: Place): Spot {
  const levels = stack(plot, point)
  return {
    x: round(frame.left + step * i),
    y: frame.top,
    width: step,
    height: frame.bottom - frame.top,
    label:
      plot.names?.[i] ??
      `${spanInWords(point.at, point.at + plot.bucketSeconds)}${plot.running && i === plot.points.length - 1 ? ` (${SO_FAR})` : ''}`,
    values: plot.series.map(({ name, label }, s) => ({
      name,
      label,
      text: valueText(form, point[name]),
      ...(form !== 'lines' && { place: { from: scale.of(levels[s + 1] ?? 0), to: scale.of(levels[s] ?? 0) } }),
    })),
  }
}

/** The boundaries of the stacked series: the lower edge of each, then the upper edge of the last. */
function stack(plot: Plot, point: Point): number[] {
  const levels = [0]
  for (const { name } of plot.series) levels.push((levels.at(-1) ?? 0) + (point[name] ?? 0))
  return levels
}

const highest = (plot: Plot): number => Math.max(0, ...plot.points.map(point => stack(plot, point).at(-1) ?? 0))
const valuesOf = (plot: Plot): number[] =>
  plot.points.flatMap(point => plot.series.map(({ name }) => point[name]).filter(value => value !== undefined))

function drawBars(plot: Plot, scale: Scale, frame: Frame, step: number): Mark[] {
  const width = Math.max(1, Math.min(WIDEST_BAR, step * 0.78))
  return plot.series.flatMap(({ name, color }, s): Mark[] => {
    let [parted, thin] = ['', '']
    for (const [i, point] of plot.points.entries()) {
      if (!point[name]) continue
      const levels = stack(plot, point)
      const [top, bottom] = [scale.of(levels[s + 1] ?? 0), scale.of(levels[s] ?? 0)]
      // At least two pixels and no border, so that one event among thousands is visible.
      const height = Math.max(2, bottom - top)
      const bar = box(frame.left + step * (i + 0.5) - width / 2, bottom - height, width, height)
      if (height < 5 || width < 5) thin += bar
      else parted += bar
    }
    const paint = { color, texture: s }
    return [
      { is: 'shape', d: parted, paint, edge: true },
      { is: 'shape', d: thin, paint: { color, texture: 0 } },
    ]
  })
}

function drawAreas(plot: Plot, scale: Scale, frame: Frame, step: number): Mark[] {
  const x = (i: number) => round(frame.left + step * (i + 0.5))
  return plot.series.map(({ color }, s): Mark => {
    const edge = (level: number) =>
      plot.points.map((point, i) => `${x(i)} ${round(scale.of(stack(plot, point)[level] ?? 0))}`)
    const d = `M${edge(s + 1).join('L')}L${edge(s).toReversed().join('L')}Z`
    return { is: 'shape', d, paint: { color, texture: s }, edge: true }
  })
}

/** Draws lines with gaps where nothing was measured. A single point has a marker. */
function drawLines(plot: Plot, scale: Scale, frame: Frame, step: number): Mark[] {
  const every = Math.ceil(plot.points.length / MOST_MARKERS)
  return plot.series.flatMap(({ name, color }, s): Mark[] => {
    let d = ''
    let markers = ''
    for (const [i, point] of plot.points.entries()) {
      const value = point[name]
      if (value === undefined) continue
      const before = plot.points[i - 1]?.[name]
      const [x, y] = [round(frame.left + step * (i + 0.5)), round(scale.of(value))]
      d += `${before === undefined ? 'M' : 'L'}${x} ${y}`
      const alone = before === undefined && plot.points[i + 1]?.[name] === undefined
      if (alone || i % every === 0) markers += marker(s, x, y)
    }
    const dash = DASHES[s % DASHES.length]
    return [
      { is: 'line', d, color, width: 2, ...(dash && { dash }) },
      { is: 'shape', d: markers, paint: { color, texture: 0 }, edge: true },
    ]
  })
}
