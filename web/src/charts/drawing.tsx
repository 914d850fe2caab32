import '@mantine/charts/styles.css'
import { AreaChart, BarChart } from '@mantine/charts'
import { useReducedMotion } from '@mantine/hooks'
import type { Plot } from './series.ts'

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false })
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })

/** The picture itself, in a chunk of its own: pages are read before it has arrived. */
export default function Drawing({ plot, form }: { plot: Plot; form: 'bars' | 'areas' }) {
  const still = useReducedMotion()
  const long = plot.bucketSeconds * plot.points.length > 2 * 86_400
  const data = plot.points.map(point => ({
    ...point,
    when: (long ? day : clock).format(point.at * 1000),
  }))
  const shared = {
    h: 240,
    data,
    dataKey: 'when',
    series: plot.series.map(({ name, label, color }) => ({ name, label, color })),
    tickLine: 'none' as const,
    gridAxis: 'x' as const,
    valueFormatter: (value: number) => value.toLocaleString('en'),
    yAxisProps: { allowDecimals: false, width: 44 },
    xAxisProps: { minTickGap: 28 },
  }
  return form === 'areas' ? (
    <AreaChart
      {...shared}
      type="stacked"
      curveType="monotone"
      withDots={false}
      areaProps={{ isAnimationActive: !still }}
    />
  ) : (
    <BarChart {...shared} type="stacked" maxBarWidth={28} barProps={{ isAnimationActive: !still }} />
  )
}
