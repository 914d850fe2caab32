import { t } from '../language/t.ts'
import { linear, logarithmic, shortTime } from './axes.ts'
import { labelOf, type Plot, valueText } from './plot.ts'
import type { Scene } from './scene.ts'
import { box, GRID, Line, round, Shape, Words } from './shapes.tsx'

const [LEFT, TOP, RIGHT, HEIGHT, BOTTOM] = [46, 10, 8, 230, 206]
const WIDEST_BAR = 34
/** The room of a label below the axis. */
const LABEL = 46

/** Draws series over time or over groups, as stacked bars or as lines. */
export function drawPlot(plot: Plot, width: number): Scene {
  const { points, series, form } = plot
  const step = (width - LEFT - RIGHT) / points.length
  const middle = (i: number) => LEFT + step * (i + 0.5)
  const values = points.map(point => series.flatMap(({ name }) => point[name] ?? []))
  const scale =
    form === 'lines'
      ? logarithmic(values.flat())
      : linear(values.map(all => all.reduce((sum, value) => sum + value, 0)))
  const y = (value: number) => BOTTOM - scale.share(value) * (BOTTOM - TOP)
  /** Each value of a point begins where the value before it ends. */
  const stacks = points.map(point => {
    let level = 0
    return series.map(({ name }) => {
      const to = y(level)
      level += point[name] ?? 0
      return { from: y(level), to }
    })
  })

  const bars = (s: number, color: string) => {
    const wide = Math.max(1, Math.min(WIDEST_BAR, step * 0.78))
    const parts = { plain: '', textured: '' }
    for (const [i, stack] of stacks.entries()) {
      const { from, to } = stack[s] ?? { from: 0, to: 0 }
      // At least two pixels, so that one event among thousands is visible; a gap separates it from the next series.
      const height = Math.max(2, to - from - 1)
      const isSmall = height < 5 || wide < 5
      if (from < to) parts[isSmall ? 'plain' : 'textured'] += box(middle(i) - wide / 2, to - height, wide, height)
    }
    return (
      <>
        <Shape d={parts.textured} color={color} texture={s} />
        <Shape d={parts.plain} color={color} />
      </>
    )
  }
  /** With gaps where nothing was measured. A single point is a dot, because the ends of lines are round. */
  const line = (s: number, name: string, color: string) => {
    const d = points.map(({ [name]: value }, i) => {
      if (value === undefined) return ''
      return `${points[i - 1]?.[name] === undefined ? 'M' : 'L'}${round(middle(i))} ${round(y(value))}h0`
    })
    return <Line d={d.join('')} color={color} dash={s} />
  }

  return {
    width,
    height: HEIGHT,
    legend: series.map(({ name, label, color }, s) => ({
      name,
      label,
      sample:
        form === 'lines' ? (
          <Line d="M0 7H16" color={color} dash={s} />
        ) : (
          <Shape d={box(0, 1, 16, 12)} color={color} texture={s} />
        ),
    })),
    drawing: (
      <>
        {plot.running ? <Running x={width - RIGHT - step} step={step} /> : null}
        {scale.ticks.map(tick => (
          <g key={tick}>
            <path d={`M${LEFT} ${round(y(tick))}H${width - RIGHT}`} stroke={GRID} />
            <Words x={LEFT - 6} y={y(tick) + 4} anchor="end">
              {scale.text(tick)}
            </Words>
          </g>
        ))}
        {series.map(({ name, color }, s) => (
          <g key={name}>{form === 'lines' ? line(s, name, color) : bars(s, color)}</g>
        ))}
        {labels(plot, step).map(({ i, text }) => (
          <Words key={i} x={middle(i)} y={BOTTOM + 16}>
            {text}
          </Words>
        ))}
      </>
    ),
    spots: points.map((point, i) => ({
      x: LEFT + step * i,
      y: TOP,
      width: step,
      height: BOTTOM - TOP,
      label: labelOf(plot, i),
      values: series.map(({ name, label }, s) => ({
        name,
        label,
        text: valueText(form, point[name]),
        place: form === 'lines' ? undefined : stacks[i]?.[s],
      })),
    })),
  }
}

/** Marks the incomplete bucket, so that its low value is not read as a decrease. */
const Running = ({ x, step }: { x: number; step: number }) => (
  <>
    <path d={box(x, TOP, step, BOTTOM - TOP)} fill={GRID} />
    <Words x={Math.max(LEFT + 50, x - 4)} y={TOP + 8} anchor="end">
      {t('so far')}
    </Words>
  </>
)

/** Labels below the axis: where the text changes, and as many as fit. */
function labels({ points, names, bucketSeconds }: Plot, step: number): { i: number; text: string }[] {
  const texts = points.map(({ at }, i) => names?.[i] ?? shortTime(at, bucketSeconds, bucketSeconds * points.length))
  let free = 0
  return texts.flatMap((text, i) => {
    const place = step * (i + 0.5)
    if (text === texts[i - 1] || place < free || place + LABEL / 2 > step * points.length + RIGHT) return []
    free = place + LABEL
    return { i, text }
  })
}
