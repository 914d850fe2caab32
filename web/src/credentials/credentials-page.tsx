import { Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk, usePages } from '../api/use-ask.ts'
import { CopyAs } from '../show/copy-as.tsx'
import { ListView } from '../show/list-view.tsx'
import { PageHead } from '../show/page-head.tsx'
import { Pinned, PinnedTime } from '../show/pinned.tsx'
import { SearchField } from '../show/search-field.tsx'
import styles from '../show/show.module.css'
import { useFilters } from '../show/use-filters.ts'
import { isLive, KINDS, STATUSES } from '../show/words.ts'
import { BulkRevoke } from './bulk-revoke.tsx'
import { credentialColumns } from './columns.tsx'
import { ExportMenu } from './export-menu.tsx'
import { NoCredentials } from './no-credentials.tsx'

const FILTERS = ['kind', 'status', 'q', 'owner', 'client', 'use', 'created_after', 'created_before'] as const
const KIND_CHOICES = Object.entries(KINDS)
  .filter(([, { shown }]) => shown)
  .map(([value, { plural }]) => ({ value, label: plural }))
  .concat([{ value: 'api_key,application_token', label: 'Keys and application tokens' }])
const USE_CHOICES = [
  { value: 'recent', label: 'Within 90 days' },
  { value: 'lapsed', label: 'Not for 90 days' },
  { value: 'never', label: 'Never' },
]
const STATUS_CHOICES = (['active', 'rotating', 'expires_soon', 'unused', 'expired', 'revoked'] as const).map(value => ({
  value,
  label: STATUSES[value].label,
}))

export default function CredentialsPage() {
  const { may } = useSession()
  const filters = useFilters(FILTERS)
  const query = filters.values as Query<'listCredentials'>
  const list = usePages('listCredentials', { query }, { every: 15_000 })
  const [chosen, setChosen] = useState<Set<string>>(new Set())
  const shown = list.items ?? []
  const ids = shown.slice(0, 200).map(({ id }) => id)
  const sparks = useAsk(
    'sparklines',
    { query: { credentials: ids.join(',') } },
    { enabled: ids.length > 0, every: 15_000 },
  )
  const mayRevoke = may('revokeCredentials')
  const picked = shown.filter(({ id, status }) => chosen.has(id) && isLive(status))

  return (
    <>
      <PageHead
        title="Credentials"
        lead="Everything an API accepts, of every kind, in one place."
        actions={
          <>
            <ExportMenu query={query} shown={shown} />
            <CopyAs operation="listCredentials" what={{ query }} />
            {may('createCredential') ? (
              <Button component={Link} href="/credentials/new" leftSection={<IconPlus size={16} aria-hidden />}>
                Create credential
              </Button>
            ) : null}
          </>
        }
      />
      <search className={styles.filters}>
        <SearchField
          placeholder="Name, id or last four characters"
          value={filters.values.q}
          onChange={value => filters.set('q', value)}
        />
        <Select
          label="Kind"
          placeholder="Every kind"
          data={KIND_CHOICES}
          value={filters.values.kind ?? null}
          onChange={value => filters.set('kind', value)}
          clearable
        />
        <Select
          label="Status"
          placeholder="Any"
          data={STATUS_CHOICES}
          value={filters.values.status ?? null}
          onChange={value => filters.set('status', value)}
          clearable
        />
        <Select
          label="Used"
          placeholder="Whenever"
          data={USE_CHOICES}
          value={filters.values.use ?? null}
          onChange={value => filters.set('use', value)}
          clearable
        />
        <PinnedTime filters={filters} after="created_after" before="created_before" label="Created" />
        {filters.values.owner ? (
          <Pinned label="Owner" value={filters.values.owner} onClear={() => filters.set('owner', null)} />
        ) : null}
        {filters.values.client ? (
          <Pinned label="Application" value={filters.values.client} onClear={() => filters.set('client', null)} />
        ) : null}
      </search>
      <ListView
        label="Credentials"
        noun="credential"
        list={list}
        columns={credentialColumns(sparks.data?.items ?? [])}
        keyOf={({ id }) => id}
        filters={filters}
        views="credentials"
        nothing={<NoCredentials />}
        selection={mayRevoke ? { chosen, onChange: setChosen, nameOf: row => row.name ?? row.hint } : undefined}
        picked={
          mayRevoke && picked.length > 0 ? (
            <BulkRevoke picked={picked} sparks={sparks.data?.items ?? []} onDone={() => setChosen(new Set())} />
          ) : null
        }
      />
    </>
  )
}
