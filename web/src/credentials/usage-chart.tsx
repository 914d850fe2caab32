import { Group, Skeleton, Stack } from '@mantine/core'
import { useAsk } from '../api/use-ask.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { outcomeLead } from '../charts/leads.ts'
import { RANGES, rangeOf, span } from '../charts/range.ts'
import { byOutcome, sayOutcome } from '../charts/usage.ts'
import { t } from '../language/t.ts'
import { useFilters } from '../show/list/use-filters.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { Choice } from '../show/value/choice.tsx'
import { useNow } from '../show/value/when.tsx'

/** The requests of a credential by outcome. */
export function UsageChart({ id, title = t('Requests by outcome') }: { id: string; title?: string }) {
  const filters = useFilters(['range'])
  const range = rangeOf(filters.values.range)
  const now = useNow()
  const usage = useAsk('readUsage', { query: { ...span(range, now), credential: id } }, { every: 5000 })
  return (
    <Stack gap="xs">
      <Group>
        <Choice
          label={t('Time shown')}
          value={range.value}
          onChange={value => filters.set('range', value)}
          of={RANGES}
        />
      </Group>
      <Loaded from={usage} skeleton={<Skeleton h={300} />}>
        {data => (
          <ChartCard
            title={title}
            says={sayOutcome(data, range.when)}
            plot={byOutcome(data)}
            lead={outcomeLead({ credential: id })}
          />
        )}
      </Loaded>
    </Stack>
  )
}
