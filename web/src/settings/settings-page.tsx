import { Badge, Code, Stack, Switch, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
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
  zocial: 'Application and user tokens of Zocial clients, and their token endpoints.',
  apikey: 'API keys in a header or query parameter, for clients that cannot send a bearer token.',
  zebbra: 'Tokens for a user name and password, as Zebbra clients get them.',
  tokenapi: 'A user id and a token as a pair, also in the address. Other servers write such addresses to their logs.',
  mastodon: 'Applications register themselves, codes are copied by hand, and tokens never expire.',
} as const

const ORIGINS = { flag: 'command-line flag', environment: 'environment', file: 'file', default: 'default' } as const

export default function SettingsPage() {
  const { rules } = useSession()
  const settings = useAsk('listSettings')
  const [text, setText] = useState('')
  const [changed, setChanged] = useState(false)
  const fits = ({ variable, meaning, value, origin }: Setting) =>
    !(changed && origin === 'default') &&
    [variable, titleOf(variable), meaning, value ?? ''].some(one => one.toLowerCase().includes(text.toLowerCase()))
  return (
    <>
      <PageHead
        title="Settings"
        lead="Settings are read at the start, from flags, environment and file. No page changes them, so a stolen session cannot weaken them."
        actions={<CopyAs operation="listSettings" />}
      />
      <Filters>
        <SearchField placeholder="Name, variable or meaning" value={text} onChange={setText} />
        <Switch
          label="Only changed ones"
          checked={changed}
          onChange={event => setChanged(event.currentTarget.checked)}
        />
      </Filters>
      <Stack gap="md">
        <Loaded from={settings}>
          {({ items }) => {
            const groups = grouped(items.filter(fits))
            return groups.length === 0 ? (
              <Empty title="No setting found">
                {changed ? 'Switch off “Only changed ones”, or search for another word.' : 'Search for another word.'}
              </Empty>
            ) : (
              groups.map(group => (
                <Card key={group.title} title={group.title} lead={group.lead}>
                  <ul className={styles.settings}>
                    {group.items.map(setting => (
                      <One key={setting.variable} setting={setting} />
                    ))}
                  </ul>
                  {group.title === 'Older systems' ? <Dialects on={rules.dialects} /> : null}
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
  return (
    <li>
      <div>
        <Text fw={500} size="sm">
          {titleOf(variable)}
        </Text>
        <Text size="xs" c="dimmed">
          <Marked text={meaning} />
        </Text>
      </div>
      <div className={styles.value}>
        {secret ? (
          <>
            <IconLock size={14} aria-hidden /> {origin === 'default' ? 'not set' : 'set, never shown'}
          </>
        ) : (
          showValue(variable, value ?? '') || 'not set'
        )}
        {origin === 'default' ? null : (
          <Badge variant="light" ml="xs">
            {ORIGINS[origin]}
          </Badge>
        )}
      </div>
      <div className={styles.variable}>
        <Code>{variable}</Code>
      </div>
    </li>
  )
}

const Dialects = ({ on }: { on: readonly string[] }) => (
  <ul className={styles.settings} aria-label="Older systems">
    {Object.entries(DIALECTS).map(([name, opens]) => (
      <li key={name}>
        <div>
          <Text fw={500} size="sm">
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {opens}
          </Text>
        </div>
        <div className={styles.value}>
          <Badge variant="light" color={on.includes(name) ? 'accent' : 'gray'}>
            {on.includes(name) ? 'On' : 'Off'}
          </Badge>
        </div>
      </li>
    ))}
  </ul>
)

const Roles = ({ roles }: { roles: Record<string, string[]> }) => (
  <Card title="Roles" lead="What each role may do here, in the management API and at the command line.">
    <DataTable
      label="Roles"
      rows={Object.entries(roles) as [Role, string[]][]}
      keyOf={([role]) => role}
      columns={[
        { head: 'Role', lead: true, cell: ([role]) => ROLES[role].label },
        { head: 'Description', prose: true, cell: ([role]) => ROLES[role].says },
        { head: 'Scopes', prose: true, cell: ([, scopes]) => <Scopes of={scopes} most={20} /> },
      ]}
    />
  </Card>
)

/** Formats text between backquotes as code. */
const Marked = ({ text }: { text: string }) =>
  text.split('`').map((part, place) => (place % 2 === 1 ? <Code key={part}>{part}</Code> : part))
