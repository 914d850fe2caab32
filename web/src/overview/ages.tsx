import { Skeleton } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { type Lead, type Plot, sum } from '../charts/plot.ts'
import { counted, t } from '../language/t.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { useNow } from '../show/value/when.tsx'
import { DAY } from '../span.ts'

type Ages = Answer<'credentialAges'>
/** Age groups of the API, by their first day. */
const GROUPS: readonly [number, string][] = [
  [0, t('< 7 d')],
  [7, t('7–30 d')],
  [30, t('1–3 m')],
  [90, t('3–6 m')],
  [180, t('6–12 m')],
  [365, t('> 1 y')],
]

/** Ages of active credentials, and the share of unused ones. */
export function Ages() {
  const ages = useAsk('credentialAges', {}, { every: 60_000 })
  const now = useNow()
  return (
    <Loaded from={ages} skeleton={<Skeleton h={300} />}>
      {data => (
        <ChartCard
          title={t('Age of active keys and tokens')}
          says={say(data)}
          plot={plotOf(data)}
          lead={leadFrom(now)}
        />
      )}
    </Loaded>
  )
}

function say({ items }: Ages): string {
  const of = (use: string) => sum(items.filter(item => item.use === use))
  const all = sum(items)
  if (all === 0) return t('No API keys or application tokens yet.')
  return t('Of {keys}, {never} never used and {lapsed} unused for 90 days.', {
    keys: counted(all, 'active key or token', 'active keys and tokens'),
    never: of('never'),
    lapsed: of('lapsed'),
  })
}

/** Uses the place of a group as its time, because this chart has no times. */
const plotOf = ({ items }: Ages): Plot => ({
  form: 'bars',
  series: [
    { name: 'recent', label: t('Used within 90 days'), color: 'accent-6' },
    { name: 'lapsed', label: t('Not used for 90 days'), color: 'orange-6' },
    { name: 'never', label: t('Never used'), color: 'red-7' },
  ],
  points: GROUPS.map(([from], at) => {
    const count = (use: string) => sum(items.filter(item => item.from_days === from && item.use === use))
    return { at, recent: count('recent'), lapsed: count('lapsed'), never: count('never') }
  }),
  names: GROUPS.map(([, name]) => name),
  bucketSeconds: 1,
})

/** Rounded to whole days, so that the same link always makes the same request. */
const leadFrom =
  (now: number): Lead =>
  (first, end, use) => {
    const search = new URLSearchParams({ kind: 'api_key,application_token', status: 'active' })
    const [youngest, oldest] = [GROUPS[first]?.[0] ?? 0, GROUPS[end]?.[0]]
    const today = Math.ceil(now / DAY) * DAY
    if (use) search.set('use', use)
    if (youngest > 0) search.set('created_before', String(today - youngest * DAY))
    if (oldest !== undefined) search.set('created_after', String(today - oldest * DAY))
    return `/credentials?${search}`
  }
