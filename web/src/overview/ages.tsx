import { Skeleton } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import { ChartCard, type Lead } from '../charts/chart-card.tsx'
import type { Plot, Point } from '../charts/series.ts'
import { counted } from '../language/t.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { useNow } from '../show/value/when.tsx'
import { DAY } from '../span.ts'

type Ages = Answer<'credentialAges'>
const KINDS = 'api_key,application_token'
/** Age bands of the API, with their labels. */
const BANDS: readonly [number, string][] = [
  [0, '< 7 d'],
  [7, '7–30 d'],
  [30, '1–3 m'],
  [90, '3–6 m'],
  [180, '6–12 m'],
  [365, '> 1 y'],
]

/** Ages of active credentials, and the share of unused ones. */
export function Ages() {
  const ages = useAsk('credentialAges', {}, { every: 60_000 })
  const now = useNow()
  return (
    <Loaded from={ages} skeleton={<Skeleton h={300} />}>
      {data => (
        <ChartCard
          title="Age of active keys and tokens"
          says={say(data)}
          plot={plotOf(data)}
          form="bars"
          lead={leadFrom(now)}
          opens="these credentials"
          nothing="The chart appears when the first key or token is created."
        />
      )}
    </Loaded>
  )
}

function say({ items }: Ages): string {
  const of = (...uses: string[]) =>
    items.filter(({ use }) => uses.includes(use)).reduce((sum, one) => sum + one.count, 0)
  const all = of('recent', 'lapsed', 'never')
  if (all === 0) return 'No API keys or application tokens yet.'
  return `Of ${counted(all, 'active key or token', 'active keys and tokens')}, ${of('never').toLocaleString('en')} never used and ${of('lapsed').toLocaleString('en')} unused for 90 days.`
}

/** Uses the index of a band as its time, because this chart has no times. */
function plotOf({ items }: Ages): Plot {
  const count = (from: number, use: string) =>
    items.filter(one => one.from_days === from && one.use === use).reduce((sum, one) => sum + one.count, 0)
  return {
    series: [
      { name: 'recent', label: 'Used within 90 days', color: 'accent.6' },
      { name: 'lapsed', label: 'Not used for 90 days', color: 'orange.6' },
      { name: 'never', label: 'Never used', color: 'red.7' },
    ],
    points: BANDS.map(
      ([from], at): Point => ({
        at,
        recent: count(from, 'recent'),
        lapsed: count(from, 'lapsed'),
        never: count(from, 'never'),
      }),
    ),
    names: BANDS.map(([, name]) => name),
    bucketSeconds: 1,
    total: items.reduce((sum, { count }) => sum + count, 0),
  }
}

/** Rounded to whole days, so that the same link always makes the same request. */
const leadFrom =
  (now: number): Lead =>
  (first, end, use) => {
    const search = new URLSearchParams({ kind: KINDS, status: 'active' })
    const [youngest, oldest] = [BANDS[first]?.[0] ?? 0, BANDS[end]?.[0]]
    const today = Math.ceil(now / DAY) * DAY
    if (use) search.set('use', use)
    if (youngest > 0) search.set('created_before', String(today - youngest * DAY))
    if (oldest !== undefined) search.set('created_after', String(today - oldest * DAY))
    return `/credentials?${search}`
  }
