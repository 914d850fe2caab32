import { Badge, Code, Stack, Switch, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { DataTable } from '../show/list/data-table.tsx'
import { Filters } from '../show/list/filters.tsx'
import { SearchField } from '../show/list/search-field.tsx'
import { Card } from '../show/page/card.tsx'
import { Empty } from '../show/page/empty.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { ROLES, type Role } from '../users/roles.ts'
import { grouped, showValue, titleOf } from './groups.ts'
import styles from './settings.module.css'

type Setting = Answer<'listSettings'>['items'][number]

const DIALECTS = {
  zocial: t('Application and user tokens of Zocial clients, and the token endpoints of these clients.'),
  apikey: t('API keys in a header or query parameter, for clients that cannot send a bearer token.'),
  zebbra: t('Tokens for a user name and password, as Zebbra clients get them.'),
  tokenapi: t(
    'A user id and a token as a pair, also in the address. Other servers write such addresses to their logs.',
  ),
  mastodon: t('Applications register themselves, codes are copied by hand, and tokens never expire.'),
} as const

const ORIGINS = {
  flag: t('command-line flag'),
  environment: t('environment'),
  file: t('file'),
  default: t('default'),
} as const

export default function SettingsPage() {
  const { rules } = useSession()
  const settings = useAsk('listSettings')
  const [text, setText] = useState('')
  const [changed, setChanged] = useState(false)
  const fits = ({ variable, meaning, value, origin }: Setting) =>
    !(changed && origin === 'default') &&
    [variable, titleOf(variable), t(meaning), value ?? ''].some(one => one.toLowerCase().includes(text.toLowerCase()))
  return (
    <>
      <PageHead
        title={t('Settings')}
        lead={t(
          'The server reads its settings when it starts: from flags, the environment and a file. No page can change them, so a stolen session cannot weaken them.',
        )}
        actions={<CopyAs operation="listSettings" />}
      />
      <Filters>
        <SearchField placeholder={t('Name, variable or meaning')} value={text} onChange={setText} />
        <Switch
          label={t('Only changed settings')}
          checked={changed}
          onChange={event => setChanged(event.currentTarget.checked)}
        />
      </Filters>
      <Stack gap="md">
        <Loaded from={settings}>
          {({ items }) => {
            const groups = grouped(items.filter(fits))
            return groups.length === 0 ? (
              <Empty title={t('No setting found')}>
                {changed
                  ? t('Turn off “Only changed settings”, or search for another word.')
                  : t('Search for another word.')}
              </Empty>
            ) : (
              groups.map(({ title, lead, items, dialects }) => (
                <Card key={title} title={title} lead={lead}>
                  <ul className={styles.settings}>
                    {items.map(setting => (
                      <One key={setting.variable} setting={setting} />
                    ))}
                  </ul>
                  {dialects ? <Dialects on={rules.dialects} /> : null}
                </Card>
              ))
            )
          }}
        </Loaded>
        {text === '' && !changed ? <Roles roles={rules.roles} /> : null}
      </Stack>
    </>
  )
}

function One({ setting: { variable, meaning, value, secret, origin } }: { setting: Setting }) {
  const hidden = origin === 'default' ? t('not set') : t('set, never shown')
  return (
    <Row title={titleOf(variable)} says={<Marked text={t(meaning)} />} beside={<Code>{variable}</Code>}>
      {secret ? (
        <>
          <IconLock size={14} aria-hidden /> {hidden}
        </>
      ) : (
        showValue(variable, value ?? '') || t('not set')
      )}
      {origin === 'default' ? null : (
        <Badge variant="light" ml="xs">
          {ORIGINS[origin]}
        </Badge>
      )}
    </Row>
  )
}

const Dialects = ({ on }: { on: readonly string[] }) => (
  <ul className={styles.settings} aria-label={t('Older systems')}>
    {Object.entries(DIALECTS).map(([name, opens]) => (
      <Row key={name} title={name} says={opens}>
        <Badge variant="light" color={on.includes(name) ? 'accent' : 'gray'}>
          {on.includes(name) ? t('On') : t('Off')}
        </Badge>
      </Row>
    ))}
  </ul>
)

type Shown = { title: string; says: ReactNode; beside?: ReactNode; children: ReactNode }
const Row = ({ title, says, beside, children }: Shown) => (
  <li>
    <div>
      <Text fw={500} size="sm">
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {says}
      </Text>
    </div>
    <div className={styles.value}>{children}</div>
    {beside}
  </li>
)

const Roles = ({ roles }: { roles: Record<string, string[]> }) => (
  <Card title={t('Roles')} lead={t('What each role may do here, in the management API and at the command line.')}>
    <DataTable
      label={t('Roles')}
      rows={Object.entries(roles) as [Role, string[]][]}
      keyOf={([role]) => role}
      columns={[
        { head: t('Role'), lead: true, cell: ([role]) => t(ROLES[role].label) },
        { head: t('Description'), prose: true, cell: ([role]) => t(ROLES[role].says) },
        { head: t('Scopes'), prose: true, cell: ([, scopes]) => <Scopes of={scopes} most={20} /> },
      ]}
    />
  </Card>
)

/** Formats text between backquotes as code. */
const Marked = ({ text }: { text: string }) =>
  text.split('`').map((part, place) => (place % 2 === 1 ? <Code key={part}>{part}</Code> : part))
