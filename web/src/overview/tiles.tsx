import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import { inMilliseconds } from '../charts/axes.ts'
import { before, type Range, type Span, totalOf, type Usage, validOf } from '../charts/series.ts'
import { counted } from '../language/t.ts'
import styles from '../show/page/page.module.css'
import own from './overview.module.css'

/** Totals of the chosen range, counted like the charts below, with the difference from the range before. */
export function Tiles({
  usage,
  counts,
  ask,
  range,
}: {
  usage: Usage
  counts: Answer<'overview'>['counts']
  ask: Span
  range: Range
}) {
  const earlier = useAsk('readUsage', { query: before(ask) }).data
  const [total, valid] = [totalOf(usage), validOf(usage)]
  const [totalThen, validThen] = earlier ? [totalOf(earlier), validOf(earlier)] : [0, 0]
  return (
    <div className={styles.tiles}>
      <Tile
        label={`Requests in ${range.words}`}
        value={total.toLocaleString('en')}
        note={earlier ? change(total, totalThen) : ''}
      />
      <Tile
        label={`Accepted in ${range.words}`}
        value={share(valid, total)}
        note={totalThen === 0 ? '' : `${share(validThen, totalThen)} in the period before`}
      />
      <Slowest ask={ask} range={range} />
      <Tile
        label="Active credentials"
        value={counts.active_credentials.toLocaleString('en')}
        href="/credentials"
        note={`${counted(counts.users, 'user')}, ${counted(counts.clients, 'application')}, ${counted(counts.grants, 'grant')}`}
      />
    </div>
  )
}

const share = (some: number, all: number): string => (all === 0 ? '–' : `${Math.round((some / all) * 1000) / 10} %`)

/** 99 of 100 checks were faster than this. */
function Slowest({ ask, range }: { ask: Span; range: Range }) {
  const { data } = useAsk('readCheckTimes', { query: ask }, { every: 30_000 })
  const { data: earlier } = useAsk('readCheckTimes', { query: before(ask) })
  const p99 = data?.p99_ms ?? null
  const then = earlier?.p99_ms ? `; ${inMilliseconds(earlier.p99_ms)} in the period before` : ''
  return (
    <Tile
      label="99 of 100 checks within"
      value={p99 === null ? '–' : inMilliseconds(p99)}
      note={`in ${range.words}${then}`}
    />
  )
}

function change(now: number, before: number): string {
  if (before === 0) return now === 0 ? '' : 'none in the period before'
  const percent = Math.round(((now - before) / before) * 100)
  return percent === 0
    ? 'as in the period before'
    : `${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'} than in the period before`
}

const Tile = ({ label, value, note, href }: { label: string; value: string; note: string; href?: string }) => (
  <div className={styles.card}>
    <Text size="sm" c="dimmed">
      {href ? (
        <Anchor component={Link} href={href} inherit>
          {label}
        </Anchor>
      ) : (
        label
      )}
    </Text>
    <p className={own.figure}>{value}</p>
    <Text size="xs" c="dimmed">
      {note || '\u00a0'}
    </Text>
  </div>
)
