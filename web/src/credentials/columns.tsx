import { Anchor, Code, Group, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import type { Column } from '../show/data-table.tsx'
import { Name } from '../show/name.tsx'
import { Scopes } from '../show/scopes.tsx'
import { Sparkline } from '../show/sparkline.tsx'
import { Status } from '../show/status.tsx'
import { statusFor, useUnusedDays } from '../show/unused-days.tsx'
import { When } from '../show/when.tsx'
import { type Credential, kindLabel } from '../show/words.ts'

export type Sparks = Answer<'sparklines'>['items']

const lead: Column<Credential> = {
  head: 'Name',
  lead: true,
  cell: row => (
    <Stack gap={2}>
      <Anchor component={Link} href={`/credentials/${row.id}`} fw={600} c="inherit">
        {row.name ? <Name text={row.name} /> : <Code>{row.hint}</Code>}
      </Anchor>
      <Group gap={8}>
        <Text size="xs" c="dimmed">
          {kindLabel(row.kind)}
        </Text>
        {row.name ? <Code fz={11}>{row.hint}</Code> : null}
      </Group>
    </Stack>
  ),
}

/** The columns of all lists of credentials. */
export function credentialColumns(sparks: Sparks, { owner = true } = {}): Column<Credential>[] {
  const bars = new Map(sparks.map(spark => [spark.credential_id, spark]))
  const columns: Column<Credential>[] = [
    lead,
    { head: 'Status', cell: row => <OwnStatus row={row} /> },
    {
      head: '36 hours',
      cell: row => {
        const spark = bars.get(row.id)
        return spark ? <Sparkline valid={spark.valid} refused={spark.refused} /> : null
      },
    },
    { head: 'Last used', sort: 'last_used_at', cell: row => <When at={row.last_used_at} /> },
    { head: 'Expires', sort: 'expires_at', cell: row => <When at={row.expires_at} /> },
    { head: 'Scopes', cell: row => <Scopes of={row.scopes} most={2} /> },
    { head: 'Made', sort: 'created_at', cell: row => <When at={row.created_at} /> },
  ]
  if (owner) columns.splice(2, 0, { head: 'Belongs to', cell: row => <Belongs to={row} /> })
  return columns
}

function OwnStatus({ row }: { row: Credential }) {
  const { days } = useUnusedDays()
  return <Status of={statusFor(row, days)} />
}

export function Belongs({ to: { owner, client } }: { to: Pick<Credential, 'owner' | 'client'> }) {
  return (
    <Stack gap={0}>
      {owner ? (
        <Anchor component={Link} href={`/users/${encodeURIComponent(owner.id)}`} size="sm">
          <Name text={owner.name} otherwise="deleted user" />
        </Anchor>
      ) : null}
      {client ? (
        <Anchor component={Link} href={`/applications/${encodeURIComponent(client.id)}`} size="sm">
          <Name text={client.name} otherwise="deleted application" />
        </Anchor>
      ) : null}
    </Stack>
  )
}
