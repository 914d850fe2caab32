import { Anchor, Group, Skeleton, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import charts from '../charts/charts.module.css'
import { counted } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { Name } from '../show/value/name.tsx'
import { kindLabel } from '../show/value/words.ts'

type Item = Answer<'topCredentials'>['items'][number]

/** Tokens without a row are counted by client, or by grant. */
function shown({ credential, grant, client }: Item): {
  place: string
  key: string
  name: string | null
  otherwise: string
  title: string
} {
  if (credential) {
    const kind = kindLabel(credential.kind)
    return {
      place: `/credentials/${credential.id}`,
      key: credential.id,
      name: credential.name,
      otherwise: `${kind} ${credential.hint}`,
      title: credential.name ?? kind,
    }
  }
  const application = grant?.client ?? client
  const name = application?.name ?? 'deleted application'
  const title = grant ? `${name} for ${grant.user?.name ?? 'a deleted user'}` : name
  const place = `/applications/${encodeURIComponent(application?.id ?? '')}?tab=tokens`
  return { place, key: grant?.id ?? place, name: title, otherwise: title, title }
}

/** The credentials with the most use, or the most refusals. Each bar also has its number as text. */
export function TopCredentials({
  by,
  ask,
  words,
}: {
  by: 'uses' | 'refusals'
  ask: { since: number; until: number }
  words: string
}) {
  const { since, until } = ask
  const top = useAsk('topCredentials', { query: { since, until, by, limit: 8 } }, { every: 15_000 })
  const [one, title] = by === 'uses' ? ['use', 'Most used'] : ['refusal', 'Most refused']
  return (
    <Loaded from={top} skeleton={<Skeleton h={220} />}>
      {({ items }) => {
        const most = Math.max(1, ...items.map(({ count }) => count))
        const first = items[0]
        const says = first
          ? `${shown(first).title} leads with ${counted(first.count, one)} in ${words}.`
          : `Nothing in ${words}.`
        return (
          <Card title={title} lead={says.length > 140 ? `${says.slice(0, 140)}…` : says}>
            <ol className={charts.bars}>
              {items
                .map(item => ({ ...shown(item), count: item.count }))
                .map(({ key, place, name, otherwise, count }) => (
                  <li key={key}>
                    <Group justify="space-between" gap="xs" wrap="nowrap">
                      <Anchor component={Link} href={place} size="sm" c="inherit" truncate>
                        <Name text={name} otherwise={otherwise} />
                      </Anchor>
                      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
                        {count.toLocaleString('en')}
                      </Text>
                    </Group>
                    <div className={charts.bar} data-mood={by === 'refusals' ? 'bad' : 'good'} aria-hidden>
                      <svg preserveAspectRatio="none" viewBox="0 0 100 1" aria-hidden="true">
                        <rect width={(count / most) * 100} height="1" />
                      </svg>
                    </div>
                  </li>
                ))}
            </ol>
          </Card>
        )
      }}
    </Loaded>
  )
}
