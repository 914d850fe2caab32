import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import { inMilliseconds } from '../charts/axes.ts'
import styles from '../show/show.module.css'
import { useNow } from '../show/when.tsx'
import { counted } from '../show/words.ts'
import { DAY } from '../span.ts'
import own from './overview.module.css'

type Overview = Answer<'overview'>

export function Tiles({ of: { counts, last_24h: today, day_before: before } }: { of: Overview }) {
  const [total, totalBefore] = [today.uses + today.refusals, before.uses + before.refusals]
  return (
    <div className={styles.tiles}>
      <Tile label="Requests in 24 hours" value={total.toLocaleString('en')} note={change(total, totalBefore)} />
      <Tile
        label="Accepted"
        value={total === 0 ? 'none yet' : `${Math.round((today.uses / total) * 1000) / 10} %`}
        note={totalBefore === 0 ? '' : `${Math.round((before.uses / totalBefore) * 1000) / 10} % the day before`}
      />
      <Tile
        label="Active credentials"
        value={counts.active_credentials.toLocaleString('en')}
        href="/credentials"
        note={`${counted(counts.users, 'user')}, ${counted(counts.clients, 'application')}`}
      />
      <Slowest />
    </div>
  )
}

/** 99 of 100 checks were quicker than this. */
function Slowest() {
  const minute = 60
  const until = Math.ceil(useNow() / minute) * minute
  const { data: today } = useAsk('readCheckTimes', { query: { since: until - DAY, until } }, { every: 30_000 })
  const { data: before } = useAsk('readCheckTimes', { query: { since: until - 2 * DAY, until: until - DAY } })
  const p99 = today?.p99_ms ?? null
  const note = before?.p99_ms ? `${inMilliseconds(before.p99_ms)} the day before` : ''
  return <Tile label="99 of 100 checks within" value={p99 === null ? 'none yet' : inMilliseconds(p99)} note={note} />
}

function change(now: number, before: number): string {
  if (before === 0) return now === 0 ? '' : 'none the day before'
  const percent = Math.round(((now - before) / before) * 100)
  return percent === 0
    ? 'as the day before'
    : `${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'} than the day before`
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
