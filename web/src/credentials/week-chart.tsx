import { Skeleton } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { useAsk } from '../api/use-ask.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { clock, DAYS, drawWeek, hourInWords, type Week, weekLegend } from '../charts/draw-heat.ts'
import { outcomeLead } from '../charts/leads.ts'
import type { Usage } from '../charts/series.ts'
import { counted } from '../language/t.ts'
import { DataTable } from '../show/list/data-table.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { useNow } from '../show/value/when.tsx'
import { DAY, HOUR } from '../span.ts'

const WEEKS = 4
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** The usual times of use, so that unusual ones are visible. */
export function WeekChart({ id }: { id: string }) {
  // Rounded to whole hours, so that repeated requests are equal and can be cached.
  const until = Math.ceil(useNow() / HOUR) * HOUR
  const query = { since: until - WEEKS * 7 * DAY, until, bucket: 'hour' as const, credential: id }
  const usage = useAsk('readUsage', { query }, { every: 60_000 })
  return (
    <Loaded from={usage} skeleton={<Skeleton h={260} />}>
      {data => <Drawn id={id} week={weekOf(data, query)} />}
    </Loaded>
  )
}

type Habit = Week & { total: number; peak: string; latest: readonly (readonly number[])[] }

function Drawn({ id, week }: { id: string; week: Habit }) {
  const [, go] = useLocation()
  const { cells, total, peak, latest } = week
  /** A cell stands for one hour in each of the weeks, and links to the latest of these hours with use. */
  const lead = (day: number, hour: number): string | undefined => {
    const at = latest[day]?.[hour]
    return at === undefined ? undefined : outcomeLead(id)(at, at + HOUR)
  }
  const zone = new Intl.DateTimeFormat('en').resolvedOptions().timeZone
  return (
    <ChartFrame
      title="When it is used"
      says={
        total === 0
          ? `Not used in the last ${WEEKS} weeks.`
          : `${counted(total, 'use')} in the last ${WEEKS} weeks. Busiest: ${peak} (${zone}).`
      }
      empty={total === 0 ? 'Too few uses for a pattern.' : undefined}
      draw={width => drawWeek(week, width, count => counted(count, 'use'))}
      legend={weekLegend(week)}
      opens="activity of the latest such hour"
      open={({ to }) => {
        const href = lead(Math.floor(to / 24), to % 24)
        if (href) go(href)
      }}
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
              cell: (hour: number) => {
                const uses = (cells[day]?.[hour] ?? 0).toLocaleString('en')
                const href = uses === '0' ? undefined : lead(day, hour)
                return href ? <Link href={href}>{uses}</Link> : uses
              },
            })),
          ]}
        />
      }
    />
  )
}

/** In the viewer's time zone. Each hour of the server is assigned to one local hour. */
function weekOf({ items }: Usage, { since, until }: { since: number; until: number }): Habit {
  const cells = DAYS.map(() => HOURS.map(() => 0))
  const latest = DAYS.map(() => HOURS.map(() => 0))
  const put = (table: number[][], at: number, value: (now: number) => number) => {
    const date = new Date(at * 1000)
    const row = table[(date.getDay() + 6) % 7]
    if (row) row[date.getHours()] = value(row[date.getHours()] ?? 0)
  }
  const uses = items.filter(({ outcome }) => outcome === 'valid')
  for (const { at, count } of uses) put(cells, at, now => now + count)
  for (let at = since; at < until; at += HOUR) put(latest, at, () => at)
  const all = cells.flat()
  const most = Math.max(...all)
  const place = all.indexOf(most)
  return {
    cells,
    latest,
    most,
    total: all.reduce((sum, count) => sum + count, 0),
    peak: hourInWords(Math.floor(place / 24), place % 24),
  }
}
