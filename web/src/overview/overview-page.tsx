import { SegmentedControl, Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { kindLead, outcomeLead, timeLead } from '../charts/leads.ts'
import {
  byKind,
  byOutcome,
  RANGES,
  type Range,
  rangeOf,
  type Span,
  sayKind,
  sayOutcome,
  span,
  type Usage,
} from '../charts/series.ts'
import { useFilters } from '../show/list/use-filters.ts'
import { Loaded } from '../show/page/loaded.tsx'
import styles from '../show/page/page.module.css'
import { PageHead } from '../show/page/page-head.tsx'
import { useUnusedDays } from '../show/value/unused-days.ts'
import { useNow } from '../show/value/when.tsx'
import { FirstSteps } from '../start/checklist.tsx'
import { Ages } from './ages.tsx'
import { Attention } from './attention.tsx'
import { CheckTimes } from './check-times.tsx'
import { SignIns } from './sign-ins.tsx'
import { Tiles } from './tiles.tsx'
import { TopCredentials } from './top-credentials.tsx'

export default function OverviewPage() {
  const { may } = useSession()
  const filters = useFilters(['range'])
  const { days } = useUnusedDays()
  const range = rangeOf(filters.values.range)
  const ask = span(range, useNow())
  const overview = useAsk('overview', { query: { unused_days: days } }, { every: 10_000, enabled: may('overview') })
  const usage = useAsk('readUsage', { query: ask }, { every: 10_000, enabled: may('readUsage') })
  const fresh = overview.data && overview.data.last_24h.uses === 0 && overview.data.day_before.uses === 0

  return (
    <>
      <PageHead
        title="Overview"
        lead="Requests, refusals and sign-ins, and what needs attention."
        actions={
          <SegmentedControl
            aria-label="Time shown"
            size="sm"
            value={range.value}
            onChange={value => filters.set('range', value)}
            data={RANGES.map(({ value, label }) => ({ value, label }))}
          />
        }
      />
      <Stack gap="md">
        {overview.data ? <FirstSteps /> : null}
        {overview.data && !(fresh && overview.data.attention.length === 0) ? (
          <Attention of={overview.data.attention} />
        ) : null}
        <Loaded from={overview} skeleton={<Skeleton h={110} />}>
          {({ counts }) =>
            usage.data ? <Tiles usage={usage.data} counts={counts} ask={ask} range={range} /> : <Skeleton h={110} />
          }
        </Loaded>
        {fresh ? null : <Charts ask={ask} range={range} usage={usage} />}
      </Stack>
    </>
  )
}

/** Not on an installation without requests, because nothing is drawn there. */
function Charts({ ask, range, usage }: { ask: Span; range: Range; usage: UseQueryResult<Usage> }) {
  const { may } = useSession()
  return (
    <>
      <Loaded from={usage} skeleton={<Skeleton h={320} />}>
        {data => (
          <div className={styles.columns}>
            <ChartCard
              title="Requests by kind"
              says={sayKind(data, range.words)}
              plot={byKind(data)}
              form="areas"
              lead={timeLead}
              seriesLead={kindLead}
            />
            <ChartCard
              title="Requests by outcome"
              says={sayOutcome(data, range.words)}
              plot={byOutcome(data)}
              form="bars"
              lead={outcomeLead()}
            />
          </div>
        )}
      </Loaded>
      <div className={styles.columns}>
        <TopCredentials by="uses" ask={ask} words={range.words} />
        <TopCredentials by="refusals" ask={ask} words={range.words} />
      </div>
      {may('readCheckTimes') ? (
        <div className={styles.columns}>
          <CheckTimes ask={ask} words={range.words} />
          <Ages />
        </div>
      ) : null}
      {may('countJournal') ? <SignIns ask={ask} words={range.words} /> : null}
    </>
  )
}
