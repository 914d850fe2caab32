import { Skeleton } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import { inMilliseconds } from '../charts/axes.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { timeLead } from '../charts/leads.ts'
import { buckets, type Plot } from '../charts/plot.ts'
import type { Span } from '../charts/range.ts'
import { counted, t } from '../language/t.ts'
import { Loaded } from '../show/page/loaded.tsx'

type Times = Answer<'readCheckTimes'>

/** Durations of checks, on a logarithmic scale, because the slowest take many times the usual duration. */
export function CheckTimes({ ask, when }: { ask: Span; when: string }) {
  const times = useAsk('readCheckTimes', { query: ask }, { every: 15_000 })
  return (
    <Loaded from={times} skeleton={<Skeleton h={320} />}>
      {data => <ChartCard title={t('Duration of checks')} says={say(data, when)} plot={plotOf(data)} lead={timeLead} />}
    </Loaded>
  )
}

function say({ checks, p50_ms, p99_ms }: Times, when: string): string {
  if (p50_ms === null || p99_ms === null) return t('No checks {when}.', { when })
  return t('Half of {checks} {when} took less than {half}, 99 of 100 less than {most} (p99).', {
    checks: counted(checks, 'check'),
    when,
    half: inMilliseconds(p50_ms),
    most: inMilliseconds(p99_ms),
  })
}

function plotOf(times: Times): Plot {
  const { points, ...rest } = buckets(times)
  const found = new Map(times.items.map(item => [item.at, item]))
  return {
    ...rest,
    form: 'lines',
    series: [
      { name: 'p99', label: 'p99', color: 'red-7' },
      { name: 'p95', label: 'p95', color: 'orange-6' },
      { name: 'p50', label: t('p50 (half)'), color: 'accent-6' },
    ],
    points: points.map(({ at }) => {
      const { p50_ms, p95_ms, p99_ms } = found.get(at) ?? {}
      return { at, p50: p50_ms ?? undefined, p95: p95_ms ?? undefined, p99: p99_ms ?? undefined }
    }),
  }
}
