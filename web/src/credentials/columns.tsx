import { Anchor, Code, Group, VisuallyHidden } from '@mantine/core'
import { IconAppWindow, IconArrowsLeftRight, IconKey, IconTerminal2, IconTicket } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import type { Column } from '../show/list/data-table.tsx'
import { Lead } from '../show/list/lead.tsx'
import { Name } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { Sparkline } from '../show/value/sparkline.tsx'
import { Status } from '../show/value/status.tsx'
import { statusFor, useUnusedDays } from '../show/value/unused-days.ts'
import { When } from '../show/value/when.tsx'
import { type Credential, kindLabel } from '../show/value/words.ts'

export type Sparks = Answer<'sparklines'>['items']

const lead: Column<Credential> = {
  head: t('Name'),
  lead: true,
  cell: row => (
    <Lead
      href={`/credentials/${row.id}`}
      icon={<KindIcon kind={row.kind} />}
      beside={row.name ? <span title={row.hint}>{row.hint.replace(/^.*…/, '…')}</span> : undefined}
    >
      {row.name ? <Name text={row.name} /> : <Code>{row.hint}</Code>}
    </Lead>
  ),
}

const ICONS: Partial<Record<Credential['kind'], typeof IconKey>> = {
  api_key: IconKey,
  application_token: IconTerminal2,
  token_pair: IconArrowsLeftRight,
  access_token: IconAppWindow,
}

function KindIcon({ kind }: Pick<Credential, 'kind'>) {
  const Icon = ICONS[kind] ?? IconTicket
  return (
    <>
      <Icon size={15} stroke={1.7} aria-hidden />
      <VisuallyHidden>{kindLabel(kind)}</VisuallyHidden>
    </>
  )
}

/** The columns of all lists of credentials. */
export function credentialColumns(sparks: Sparks, { owner = true } = {}): Column<Credential>[] {
  const bars = new Map(sparks.map(spark => [spark.credential_id, spark]))
  const columns: Column<Credential>[] = [
    lead,
    { head: t('Status'), cell: row => <OwnStatus row={row} /> },
    {
      head: t('36 hours'),
      cell: row => {
        const spark = bars.get(row.id)
        return spark ? <Sparkline valid={spark.valid} refused={spark.refused} /> : null
      },
    },
    { head: t('Last used'), sort: 'last_used_at', cell: row => <When at={row.last_used_at} /> },
    { head: t('Expires'), sort: 'expires_at', cell: row => <When at={row.expires_at} /> },
    { head: t('Scopes'), cell: row => <Scopes of={row.scopes} most={1} /> },
    { head: t('Created'), sort: 'created_at', cell: row => <When at={row.created_at} /> },
  ]
  if (owner) columns.splice(2, 0, { head: t('Belongs to'), cell: row => <Belongs to={row} /> })
  return columns
}

function OwnStatus({ row }: { row: Credential }) {
  const { days } = useUnusedDays()
  return <Status of={statusFor(row, days)} />
}

export function Belongs({ to: { owner, client } }: { to: Pick<Credential, 'owner' | 'client'> }) {
  return (
    <Group gap="xs" wrap="nowrap">
      {owner ? (
        <Anchor component={Link} href={`/users/${encodeURIComponent(owner.id)}`} size="sm">
          <Name text={owner.name} otherwise={t('deleted user')} />
        </Anchor>
      ) : null}
      {client ? (
        <Anchor component={Link} href={`/applications/${encodeURIComponent(client.id)}`} size="sm">
          <Name text={client.name} otherwise={t('deleted application')} />
        </Anchor>
      ) : null}
    </Group>
  )
}
