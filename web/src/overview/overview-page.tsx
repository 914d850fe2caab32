import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { outcomeLead, timeLead } from '../charts/leads.ts'
import { RANGES, type Range, rangeOf, type Span, span } from '../charts/range.ts'
import { byKind, byOutcome, sayKind, sayOutcome, type Usage } from '../charts/usage.ts'
import { t } from '../language/t.ts'
import { useFilters } from '../show/list/use-filters.ts'
import { Loaded } from '../show/page/loaded.tsx'
import styles from '../show/page/page.module.css'
import { PageHead } from '../show/page/page-head.tsx'
import { Choice } from '../show/value/choice.tsx'
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
        title={t('Overview')}
        lead={t('Requests, refusals and sign-ins, and what needs attention.')}
        actions={
          <Choice
            label={t('Time shown')}
            value={range.value}
            onChange={value => filters.set('range', value)}
            of={RANGES}
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

/** Not shown on an installation without requests, because the charts would be empty. */
function Charts({ ask, range, usage }: { ask: Span; range: Range; usage: UseQueryResult<Usage> }) {
  const { may } = useSession()
  return (
    <>
      <Loaded from={usage} skeleton={<Skeleton h={320} />}>
        {data => (
          <div className={styles.columns}>
            <ChartCard
              title={t('Requests by kind')}
              says={sayKind(data, range.when)}
              plot={byKind(data)}
              lead={timeLead}
            />
            <ChartCard
              title={t('Requests by outcome')}
              says={sayOutcome(data, range.when)}
              plot={byOutcome(data)}
              lead={outcomeLead()}
            />
          </div>
        )}
      </Loaded>
      <div className={styles.columns}>
        <TopCredentials by="uses" ask={ask} when={range.when} />
        <TopCredentials by="refusals" ask={ask} when={range.when} />
      </div>
      {may('readCheckTimes') ? (
        <div className={styles.columns}>
          <CheckTimes ask={ask} when={range.when} />
          <Ages />
        </div>
      ) : null}
      {may('countJournal') ? <SignIns ask={ask} when={range.when} /> : null}
    </>
  )
}
