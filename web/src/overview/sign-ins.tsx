import { Skeleton } from '@mantine/core'
import { useAsk } from '../api/use-ask.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { eventLead } from '../charts/leads.ts'
import { barsOf, sum } from '../charts/plot.ts'
import type { Span } from '../charts/range.ts'
import { counted, t } from '../language/t.ts'
import { Loaded } from '../show/page/loaded.tsx'

const SERIES = [
  { name: 'signed-in', label: t('Signed in'), color: 'accent-6' },
  { name: 'sign-in-failed', label: t('Failed sign-in'), color: 'red-7' },
]

/** Successful and failed sign-ins. */
export function SignIns({ ask, when }: { ask: Span; when: string }) {
  const events = SERIES.map(({ name }) => name).join()
  const counts = useAsk('countJournal', { query: { ...ask, events } }, { every: 15_000 })
  return (
    <Loaded from={counts} skeleton={<Skeleton h={300} />}>
      {data => {
        const all = sum(data.items)
        const failed = sum(data.items.filter(({ event }) => event === 'sign-in-failed'))
        const says =
          all === 0
            ? t('Nobody signed in {when}.', { when })
            : t('{good} and {failed} {when}.', {
                good: counted(all - failed, 'sign-in'),
                failed: counted(failed, 'failed attempt'),
                when,
              })
        return (
          <ChartCard
            title={t('Sign-ins')}
            says={says}
            plot={barsOf(data, SERIES, ({ event }) => event)}
            lead={eventLead}
          />
        )
      }}
    </Loaded>
  )
}
