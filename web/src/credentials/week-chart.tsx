import { Skeleton } from '@mantine/core'
import { useAsk } from '../api/use-ask.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { outcomeLead } from '../charts/leads.ts'
import { type Lead, sum } from '../charts/plot.ts'
import type { Usage } from '../charts/usage.ts'
import { HOURS_OF_WEEK, hourOfWeek } from '../charts/week.ts'
import { counted, t } from '../language/t.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { useNow } from '../show/value/when.tsx'
import { DAY, HOUR } from '../span.ts'

const WEEKS = 4

/** The usual times of use, so that unusual ones are visible. */
export function WeekChart({ id }: { id: string }) {
  // Rounded to whole hours, so that repeated requests are equal and can be cached.
  const until = Math.ceil(useNow() / HOUR) * HOUR
  const query = { since: until - WEEKS * 7 * DAY, until, bucket: 'hour' as const, credential: id }
  const usage = useAsk('readUsage', { query }, { every: 60_000 })
  return (
    <Loaded from={usage} skeleton={<Skeleton h={260} />}>
      {data => <Week usage={data} lead={leadTo(id, until)} />}
    </Loaded>
  )
}

/** Uses the hour of the week as the time, in the time zone of the reader. */
function Week({ usage, lead }: { usage: Usage; lead: Lead }) {
  const points = HOURS_OF_WEEK.map((_, at) => ({ at, uses: 0 }))
  const valid = usage.items.filter(({ outcome }) => outcome === 'valid')
  for (const { at, count } of valid) {
    const point = points[hourOfWeek(at)]
    if (point) point.uses += count
  }
  const busiest = points.reduce((most, point) => (point.uses > most.uses ? point : most))
  const values = {
    uses: counted(sum(valid), 'use'),
    weeks: WEEKS,
    hour: HOURS_OF_WEEK[busiest.at] ?? '',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
  return (
    <ChartCard
      title={t('When it is used')}
      says={
        busiest.uses === 0
          ? t('Not used in the last {weeks} weeks.', values)
          : t('{uses} in the last {weeks} weeks. Busiest: {hour} ({zone}).', values)
      }
      plot={{
        form: 'week',
        series: [{ name: 'uses', label: t('Uses'), color: 'accent-6' }],
        points,
        bucketSeconds: 1,
        names: HOURS_OF_WEEK,
      }}
      lead={lead}
    />
  )
}

/** An hour of the week links to the latest such hour. */
const leadTo =
  (credential: string, until: number): Lead =>
  hour => {
    let at = until - HOUR
    while (hourOfWeek(at) !== hour && at > until - 8 * DAY) at -= HOUR
    return outcomeLead({ credential })(at, at + HOUR)
  }
