import { Anchor, Group, Progress, Skeleton, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import type { Span } from '../charts/range.ts'
import { counted, inDigits, t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { kindLabel } from '../show/value/words.ts'
import own from './overview.module.css'

type Item = Answer<'topCredentials'>['items'][number]
type Shown = { place: string; key: string; name: string | null; otherwise: string }

/** Tokens without a row are counted by client, or by grant. */
function shown({ credential, grant, client }: Item): Shown {
  if (credential) {
    const { id, name, kind, hint } = credential
    return { place: `/credentials/${id}`, key: id, name, otherwise: `${kindLabel(kind)} ${hint}` }
  }
  const of = grant?.client ?? client
  const application = of?.name ?? t('deleted application')
  const user = grant?.user?.name ?? t('a deleted user')
  const name = grant ? t('{application} for {user}', { application, user }) : application
  const place = `/applications/${encodeURIComponent(of?.id ?? '')}?tab=tokens`
  return { place, key: grant?.id ?? place, name, otherwise: name }
}

/** The credentials with the most use, or the most refusals. Each bar also has its number as text. */
export function TopCredentials({ by, ask, when }: { by: 'uses' | 'refusals'; ask: Span; when: string }) {
  const { since, until } = ask
  const top = useAsk('topCredentials', { query: { since, until, by, limit: 8 } }, { every: 15_000 })
  return (
    <Loaded from={top} skeleton={<Skeleton h={220} />}>
      {({ items }) => (
        <Card title={by === 'uses' ? t('Most used') : t('Most refused')} lead={say(items[0], by, when)}>
          <ol className={own.top}>
            {items.map(item => {
              const { key, place, name, otherwise } = shown(item)
              return (
                <li key={key}>
                  <Group justify="space-between" gap="xs" wrap="nowrap">
                    <Anchor component={Link} href={place} size="sm" c="inherit" truncate>
                      <Name text={name} otherwise={otherwise} />
                    </Anchor>
                    <Text size="sm">{inDigits(item.count)}</Text>
                  </Group>
                  <Progress
                    value={(item.count / (items[0]?.count ?? 1)) * 100}
                    {...(by === 'refusals' && { color: 'red' })}
                    aria-hidden
                  />
                </li>
              )
            })}
          </ol>
        </Card>
      )}
    </Loaded>
  )
}

function say(first: Item | undefined, by: 'uses' | 'refusals', when: string): string {
  if (!first)
    return by === 'uses' ? t('Nothing was used {when}.', { when }) : t('Nothing was refused {when}.', { when })
  const { name, otherwise } = shown(first)
  const count = by === 'uses' ? counted(first.count, 'use') : counted(first.count, 'refusal')
  return t('First: {name} with {count} {when}.', { name: plainName(name ?? otherwise), count, when })
}
