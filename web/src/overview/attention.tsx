import { Anchor, Button, Text } from '@mantine/core'
import { IconBellCheck, IconClockExclamation, IconFileCertificate, IconMoon, IconShieldX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import { useUnusedDays } from '../show/value/unused-days.ts'
import own from './overview.module.css'

/** Loaded after the page, because the code of this field is a quarter of the size of the page. */
const DaysSelect = lazy(() => import('../show/list/days-select.tsx'))

type Item = Answer<'overview'>['attention'][number]

const ICONS: Record<Item['kind'], typeof IconMoon> = {
  expires_soon: IconClockExclamation,
  unused: IconMoon,
  refusals: IconShieldX,
  signing_key_old: IconFileCertificate,
  sign_in_failures: IconShieldX,
}
function placeOf({ about, id, kind }: Item): string {
  if (about === 'credential' && id) return `/credentials/${id}`
  if (about === 'client' && id) return `/applications/${encodeURIComponent(id)}`
  if (about === 'user' && id) return `/users/${id}`
  if (about === 'signing-key') return '/signing-keys'
  if (kind === 'expires_soon' || kind === 'unused') return `/credentials?status=${kind}`
  return `/activity?event=${kind === 'sign_in_failures' ? 'sign-in-failed' : 'refused'}`
}

/** The number of items of each type before "show all", so that all types and the numbers below are visible. */
const FEW = 3
const fewOf = (items: readonly Item[]) =>
  items.filter((item, i) => items.slice(0, i).filter(({ kind }) => kind === item.kind).length < FEW)

export function Attention({ of }: { of: readonly Item[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? of : fewOf(of)
  return (
    <Card title={t('Needs attention')} aside={<UnusedFor />}>
      {of.length === 0 ? (
        <Text size="sm" c="dimmed">
          <IconBellCheck size={16} aria-hidden /> {t('Nothing needs attention.')}
        </Text>
      ) : (
        <ul className={own.attention}>
          {shown.map(item => {
            const Icon = ICONS[item.kind]
            return (
              <li key={`${item.kind} ${item.id ?? ''} ${item.sentence}`}>
                <Icon size={17} aria-hidden />
                <Anchor component={Link} href={placeOf(item)} size="sm">
                  {item.sentence}
                </Anchor>
              </li>
            )
          })}
        </ul>
      )}
      {shown.length < of.length ? (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
          {t('Show all {count}', { count: of.length })}
        </Button>
      ) : null}
    </Card>
  )
}

/** The same number of days as in the list of credentials and on their badges. */
function UnusedFor() {
  const { days, setDays } = useUnusedDays()
  return (
    <Suspense fallback={null}>
      <DaysSelect label={t('Unused for')} size="xs" value={days} onChange={next => next && setDays(next)} />
    </Suspense>
  )
}
