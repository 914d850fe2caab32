import { Badge, Code, Group, Stack, Text } from '@mantine/core'
import { IconLock, IconToggleLeft, IconToggleRight } from '@tabler/icons-react'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { Card } from '../show/card.tsx'
import { CopyAs } from '../show/copy-as.tsx'
import { DataTable } from '../show/data-table.tsx'
import { Loaded } from '../show/loaded.tsx'
import { PageHead } from '../show/page-head.tsx'
import { ROLES, type Role } from '../users/roles.ts'

const DIALECTS = [
  { name: 'zocial', opens: 'Application and user tokens of Zocial clients, and their token endpoints.' },
  { name: 'apikey', opens: 'Keys in a header or query parameter, for clients that know nothing else.' },
  { name: 'zebbra', opens: 'Password sign-in for tokens, as Zebbra clients do it.' },
  {
    name: 'tokenapi',
    opens: 'User id and token as a pair, also in the address: such addresses end up in logs of others.',
  },
  { name: 'mastodon', opens: 'Applications register themselves; out-of-band codes; tokens that never expire.' },
] as const

const ORIGINS = {
  flag: 'command-line flag',
  environment: 'environment',
  file: 'file',
  default: 'default',
} as const

export default function SettingsPage() {
  const { rules } = useSession()
  const settings = useAsk('listSettings')
  return (
    <>
      <PageHead
        title="Settings"
        lead="What is in force, and where it comes from. Settings are configuration: they change with the environment and a restart, never by a click, so a stolen session cannot loosen them."
        actions={<CopyAs operation="listSettings" />}
      />
      <Stack gap="lg">
        <Card
          title="Dialects"
          lead="The older systems this server speaks. Each opens a door; switch off what nobody uses."
        >
          <DataTable
            label="Dialects"
            rows={DIALECTS}
            keyOf={({ name }) => name}
            columns={[
              {
                head: 'Dialect',
                lead: true,
                cell: ({ name }) => (
                  <Text fw={600} size="sm">
                    {name}
                  </Text>
                ),
              },
              {
                head: 'Switch',
                cell: ({ name }) => {
                  const on = rules.dialects.includes(name)
                  return (
                    <Badge
                      variant="light"
                      color={on ? 'accent' : 'gray'}
                      tt="none"
                      leftSection={
                        on ? <IconToggleRight size={14} aria-hidden /> : <IconToggleLeft size={14} aria-hidden />
                      }
                    >
                      {on ? 'On' : 'Off'}
                    </Badge>
                  )
                },
              },
              { head: 'What it opens', cell: ({ opens }) => opens },
            ]}
          />
          <Text size="sm" c="dimmed" mt="sm">
            To change it, start the server with <Code>CLAVIGER_DIALECTS</Code> set to those you want, or to{' '}
            <Code>none</Code>.
          </Text>
        </Card>
        <Loaded from={settings}>
          {({ items }) => (
            <Card title="Everything else">
              <DataTable
                label="Settings"
                rows={items}
                keyOf={({ name }) => name}
                columns={[
                  {
                    head: 'Setting',
                    lead: true,
                    cell: ({ variable, meaning }) => (
                      <Stack gap={2}>
                        <Code className="whole" style={{ alignSelf: 'flex-start' }}>
                          {variable}
                        </Code>
                        <Text size="xs" c="dimmed">
                          <Marked text={meaning} />
                        </Text>
                      </Stack>
                    ),
                  },
                  {
                    head: 'Value',
                    cell: ({ value, secret, origin }) =>
                      secret ? (
                        <Group gap={4} wrap="nowrap">
                          <IconLock size={14} aria-hidden />{' '}
                          {origin === 'default' ? 'not configured' : 'set, not shown'}
                        </Group>
                      ) : (
                        value || 'not set'
                      ),
                  },
                  { head: 'From', cell: ({ origin }) => ORIGINS[origin] },
                ]}
              />
            </Card>
          )}
        </Loaded>
        <Card title="Roles" lead="Who may do what here, in the management API and at the command line alike.">
          <DataTable
            label="Roles"
            rows={Object.entries(rules.roles) as [Role, string[]][]}
            keyOf={([role]) => role}
            columns={[
              {
                head: 'Role',
                lead: true,
                cell: ([role]) => (
                  <Text fw={600} size="sm">
                    {ROLES[role].label}
                  </Text>
                ),
              },
              { head: 'In words', cell: ([role]) => ROLES[role].says },
              {
                head: 'Scopes',
                cell: ([, scopes]) => (
                  <Group gap={4}>
                    {scopes.length === 0
                      ? 'none'
                      : scopes.map(scope => (
                          <Code key={scope} fz={11}>
                            {scope}
                          </Code>
                        ))}
                  </Group>
                ),
              },
            ]}
          />
        </Card>
      </Stack>
    </>
  )
}

/** Formats text between backquotes as code. */
const Marked = ({ text }: { text: string }) =>
  text.split('`').map((part, place) => (place % 2 === 1 ? <Code key={part}>{part}</Code> : part))
