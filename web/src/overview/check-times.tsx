import { Skeleton } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import { inMilliseconds } from '../charts/axes.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { timeLead } from '../charts/leads.ts'
import { type Plot, type Point, runningOf, type Span, timeline } from '../charts/series.ts'
import { counted } from '../language/t.ts'
import { Loaded } from '../show/page/loaded.tsx'

type Times = Answer<'readCheckTimes'>

/** Durations of checks, on a logarithmic scale, because the slowest take many times the usual duration. */
export function CheckTimes({ ask, words }: { ask: Span; words: string }) {
  const times = useAsk('readCheckTimes', { query: ask }, { every: 15_000 })
  return (
    <Loaded from={times} skeleton={<Skeleton h={320} />}>
      {data => (
        <ChartCard
          title="Duration of checks"
          says={say(data, words)}
          plot={plotOf(data)}
          form="lines"
          lead={timeLead}
          seriesLead={() => undefined}
        />
      )}
    </Loaded>
  )
}

function say({ checks, p50_ms, p99_ms }: Times, words: string): string {
  if (p50_ms === null || p99_ms === null) return `No checks in ${words}.`
  return `Half of ${counted(checks, 'check')} in ${words} took less than ${inMilliseconds(p50_ms)}, 99 of 100 less than ${inMilliseconds(p99_ms)} (p99).`
}

function plotOf(times: Times): Plot {
  const found = new Map(times.items.map(item => [item.at, item]))
  return {
    series: [
      { name: 'p99', label: 'p99', color: 'red.7' },
      { name: 'p95', label: 'p95', color: 'orange.6' },
      { name: 'p50', label: 'p50 (half)', color: 'accent.6' },
    ],
    points: timeline(times).map((at): Point => {
      const item = found.get(at)
      if (!item || item.p50_ms === null || item.p95_ms === null || item.p99_ms === null) return { at }
      return { at, p50: item.p50_ms, p95: item.p95_ms, p99: item.p99_ms }
    }),
    bucketSeconds: times.bucket_seconds,
    total: times.checks,
    ...runningOf(times),
  }
}
