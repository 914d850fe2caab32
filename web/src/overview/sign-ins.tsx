import { Skeleton } from '@mantine/core'
import { useAsk } from '../api/use-ask.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { eventLead } from '../charts/leads.ts'
import { type Plot, type Point, runningOf, type Span, timeline } from '../charts/series.ts'
import { counted } from '../language/t.ts'
import { Loaded } from '../show/page/loaded.tsx'

/** Successful and failed sign-ins. */
export function SignIns({ ask, words }: { ask: Span; words: string }) {
  const counts = useAsk('countJournal', { query: { ...ask, events: 'signed-in,sign-in-failed' } }, { every: 15_000 })
  return (
    <Loaded from={counts} skeleton={<Skeleton h={300} />}>
      {data => {
        const total = (event: string) =>
          data.items.filter(item => item.event === event).reduce((sum, { count }) => sum + count, 0)
        const [good, bad] = [total('signed-in'), total('sign-in-failed')]
        const says =
          good + bad === 0
            ? `Nobody signed in during ${words}.`
            : `${counted(good, 'sign-in')} and ${counted(bad, 'failed attempt')} in ${words}.`
        return <ChartCard title="Sign-ins" says={says} plot={plotOf(data)} form="bars" lead={eventLead} />
      }}
    </Loaded>
  )
}

type Counts = {
  since: number
  until: number
  bucket_seconds: number
  items: { at: number; event: string; count: number }[]
}

function plotOf(counts: Counts): Plot {
  const { bucket_seconds: step, items } = counts
  const points = new Map<number, Point>()
  for (const at of timeline(counts)) points.set(at, { at, 'signed-in': 0, 'sign-in-failed': 0 })
  for (const { at, event, count } of items) {
    const point = points.get(Math.floor(at / step) * step)
    if (point) point[event] = (point[event] ?? 0) + count
  }
  return {
    series: [
      { name: 'signed-in', label: 'Signed in', color: 'accent.6' },
      { name: 'sign-in-failed', label: 'Failed', color: 'red.7' },
    ],
    points: [...points.values()],
    bucketSeconds: step,
    total: items.reduce((sum, { count }) => sum + count, 0),
    ...runningOf(counts),
  }
}
