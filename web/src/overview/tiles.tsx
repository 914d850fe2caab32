import { Anchor, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import { inMilliseconds } from '../charts/axes.ts'
import { share, sum } from '../charts/plot.ts'
import { before, type Range, type Span } from '../charts/range.ts'
import { type Usage, validOf } from '../charts/usage.ts'
import { counted, inDigits, t } from '../language/t.ts'
import styles from '../show/page/page.module.css'
import own from './overview.module.css'

type Props = { usage: Usage; counts: Answer<'overview'>['counts']; ask: Span; range: Range }

/** Totals of the chosen range, counted like the charts below, with the difference from the range before. */
export function Tiles({ usage, counts, ask, range: { when } }: Props) {
  const earlier = useAsk('readUsage', { query: before(ask) }).data
  const times = useAsk('readCheckTimes', { query: ask }, { every: 30_000 }).data
  const timesBefore = useAsk('readCheckTimes', { query: before(ask) }).data
  const [total, totalBefore] = [sum(usage.items), sum(earlier?.items ?? [])]
  const inTime = (value: number | null | undefined) => (value ? inMilliseconds(value) : undefined)
  const accepted = (of: Usage | undefined) => (of?.items.length ? share(validOf(of), sum(of.items)) : undefined)
  return (
    <div className={styles.tiles}>
      <Tile
        label={t('Requests {when}', { when })}
        value={inDigits(total)}
        note={earlier && change(total, totalBefore)}
      />
      <Tile label={t('Accepted {when}', { when })} value={accepted(usage)} note={earlierText(accepted(earlier))} />
      <Tile
        label={t('99 of 100 checks within')}
        value={inTime(times?.p99_ms)}
        note={[when, earlierText(inTime(timesBefore?.p99_ms))].filter(Boolean).join('; ')}
      />
      <Tile
        label={t('Active credentials')}
        value={inDigits(counts.active_credentials)}
        href="/credentials"
        note={[
          counted(counts.users, 'user'),
          counted(counts.clients, 'application'),
          counted(counts.grants, 'grant'),
        ].join(', ')}
      />
    </div>
  )
}

const earlierText = (value: string | undefined) => value && t('{value} in the period before', { value })

function change(now: number, before: number): string | undefined {
  if (before === 0) return now === 0 ? undefined : t('none in the period before')
  const percent = Math.round(((now - before) / before) * 100)
  if (percent === 0) return t('as many as in the period before')
  const values = { percent: Math.abs(percent) }
  return percent > 0
    ? t('{percent} % more than in the period before', values)
    : t('{percent} % fewer than in the period before', values)
}

type TileProps = { label: string; value: string | undefined; note: string | undefined; href?: string }

const Tile = ({ label, value = '–', note = '\u00a0', href }: TileProps) => (
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
      {note}
    </Text>
  </div>
)
