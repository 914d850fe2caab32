import { Skeleton } from '@mantine/core'
import { useAsk } from '../api/use-ask.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { clock, DAYS, drawWeek, hourInWords, type Week, weekLegend } from '../charts/draw-heat.ts'
import type { Usage } from '../charts/series.ts'
import { DataTable } from '../show/data-table.tsx'
import { Loaded } from '../show/loaded.tsx'
import { useNow } from '../show/when.tsx'
import { counted } from '../show/words.ts'

const WEEKS = 4
const [HOUR, DAY] = [3600, 86_400]
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** The habits of a credential: what comes at another time than ever before is worth a look. */
export function WeekChart({ id }: { id: string }) {
  // Whole hours, so that looking again asks the same question.
  const until = Math.ceil(useNow() / HOUR) * HOUR
  const query = { since: until - WEEKS * 7 * DAY, until, bucket: 'hour' as const, credential: id }
  const usage = useAsk('readUsage', { query }, { every: 60_000 })
  return (
    <Loaded from={usage} skeleton={<Skeleton h={260} />}>
      {data => <Drawn week={weekOf(data)} />}
    </Loaded>
  )
}

function Drawn({ week }: { week: Week & { total: number; peak: string } }) {
  const { cells, total, peak } = week
  const zone = new Intl.DateTimeFormat('en').resolvedOptions().timeZone
  return (
    <ChartFrame
      title="When it is used"
      says={
        total === 0
          ? `Not used in the last ${WEEKS} weeks.`
          : `${counted(total, 'use')} in the last ${WEEKS} weeks. Busiest: ${peak} (${zone}).`
      }
      empty={total === 0 ? 'There is no habit to see yet.' : undefined}
      draw={width => drawWeek(week, width, count => counted(count, 'use'))}
      legend={weekLegend(week)}
      rows={() =>
        cells.flatMap((row, day) => row.map((uses, hour) => ({ day: DAYS[day] ?? '', hour: clock(hour), uses })))
      }
      table={
        <DataTable
          label="When it is used"
          rows={HOURS}
          keyOf={String}
          columns={[
            { head: 'Hour', lead: true, cell: hour => clock(hour) },
            ...DAYS.map((head, day) => ({
              head,
              align: 'right' as const,
              cell: (hour: number) => (cells[day]?.[hour] ?? 0).toLocaleString('en'),
            })),
          ]}
        />
      }
    />
  )
}

/** In the time of whoever looks: the server counts hours, and each falls on one hour of this clock. */
function weekOf({ items }: Usage): Week & { total: number; peak: string } {
  const cells = DAYS.map(() => HOURS.map(() => 0))
  for (const { at, outcome, count } of items) {
    const date = new Date(at * 1000)
    const row = cells[(date.getDay() + 6) % 7]
    const hour = date.getHours()
    if (outcome === 'valid' && row) row[hour] = (row[hour] ?? 0) + count
  }
  const all = cells.flat()
  const most = Math.max(...all)
  const place = all.indexOf(most)
  return {
    cells,
    most,
    total: all.reduce((sum, count) => sum + count, 0),
    peak: hourInWords(Math.floor(place / 24), place % 24),
  }
}
