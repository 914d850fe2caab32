import { Link, useLocation } from 'wouter'
import { DataTable } from '../show/list/data-table.tsx'
import { spanInWords } from './axes.ts'
import { ChartFrame } from './chart-frame.tsx'
import { drawPlot, type Form, valueText } from './draw-plot.ts'
import type { Plot, Point } from './series.ts'

/** The address that a time range, or one series in it, links to; times in seconds, `until` excluded. */
export type Lead = (since: number, until: number, name?: string) => string

/** A chart of series over time, or over named bands. */
export function ChartCard({
  title,
  says,
  plot,
  form,
  lead,
  seriesLead = (name, since, until) => lead?.(since, until, name),
  opens = 'activity',
  nothing = 'Nothing happened in this time.',
}: {
  title: string
  says: string
  plot: Plot
  form: Form
  lead?: Lead
  /** The address that a series in the legend links to, if any; by default the same as for the chart. */
  seriesLead?: (name: string, since: number, until: number) => string | undefined
  opens?: string
  /** The text for an empty chart. */
  nothing?: string
}) {
  const [, go] = useLocation()
  const { points, series, bucketSeconds: step, names } = plot
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0]
  const nameOf = (point: Point): string => names?.[points.indexOf(point)] ?? spanInWords(point.at, point.at + step)
  const something = (point: Point) => series.some(({ name }) => (point[name] ?? 0) > 0)
  const link = (point: Point) => lead?.(point.at, point.at + step)
  return (
    <ChartFrame
      title={title}
      says={says}
      empty={plot.total === 0 ? nothing : undefined}
      draw={width => drawPlot(plot, form, width)}
      legend={series.map(({ name, label, color }, texture) => ({
        name,
        label,
        paint: { color, texture },
        ...(form === 'lines' && { line: true as const }),
        href: seriesLead(name, first, last + step),
      }))}
      opens={opens}
      open={lead && (({ from, to, name }) => go(lead(points[from]?.at ?? 0, (points[to]?.at ?? 0) + step, name)))}
      rows={() =>
        points.map((point, i) => ({
          ...(names ? { group: names[i] ?? '' } : { time: new Date(point.at * 1000).toISOString() }),
          ...Object.fromEntries(series.map(({ name, label }) => [label, point[name] ?? (form === 'lines' ? null : 0)])),
        }))
      }
      table={
        <DataTable
          label={title}
          rows={points.filter(something)}
          keyOf={point => String(point.at)}
          columns={[
            {
              head: names ? 'Group' : 'When',
              lead: true,
              cell: point => {
                const href = link(point)
                return href ? <Link href={href}>{nameOf(point)}</Link> : nameOf(point)
              },
            },
            ...series.map(({ name, label }) => ({
              head: label,
              align: 'right' as const,
              cell: (point: Point) => valueText(form, point[name]),
            })),
          ]}
        />
      }
    />
  )
}
