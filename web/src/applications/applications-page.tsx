import { Anchor, Button, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { Link, useSearchParams } from 'wouter'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { usePages } from '../api/use-ask.ts'
import { PinnedApi } from '../apis/pinned-api.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import type { Column } from '../show/list/data-table.tsx'
import { Filters } from '../show/list/filters.tsx'
import { ListView } from '../show/list/list-view.tsx'
import { SearchField } from '../show/list/search-field.tsx'
import { ThingSelect } from '../show/list/thing-select.tsx'
import { useFilters } from '../show/list/use-filters.ts'
import { Empty } from '../show/page/empty.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { ActiveBadge } from '../show/value/active-badge.tsx'
import { Name } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import { ApplicationName } from './application-name.tsx'
import { CreateApplication } from './create-application.tsx'
import { type Client, SOURCES, TYPES } from './words.ts'

export default function ApplicationsPage() {
  const { may } = useSession()
  const filters = useFilters(['q', 'owner', 'source', 'type', 'api', 'sort'])
  const [search] = useSearchParams()
  const [open, { open: show, close }] = useDisclosure(search.has('new') && may('createClient'))
  const query = filters.values as Query<'listClients'>
  const list = usePages('listClients', { query }, { every: 15_000 })
  const create = may('createClient') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={show}>
      Register application
    </Button>
  ) : null
  return (
    <>
      <PageHead
        title="Applications"
        lead="Programs that access APIs with the consent of users, or for themselves."
        actions={
          <>
            <CopyAs operation="listClients" what={{ query }} />
            {create}
          </>
        }
      />
      <Filters>
        <SearchField
          placeholder="Part of the name"
          value={filters.values.q}
          onChange={value => filters.set('q', value)}
        />
        <ThingSelect
          label="Owner"
          among={['user']}
          placeholder="Everybody"
          chosen={filters.values.owner ? { is: 'user', id: filters.values.owner } : undefined}
          onChange={thing => filters.set('owner', thing?.id)}
        />
        <Select
          label="Registered by"
          placeholder="Anybody"
          data={Object.entries(SOURCES).map(([value, label]) => ({ value, label }))}
          value={filters.values.source ?? null}
          onChange={value => filters.set('source', value)}
          clearable
        />
        <Select
          label="Type"
          placeholder="Both"
          data={Object.entries(TYPES).map(([value, { label }]) => ({ value, label }))}
          value={filters.values.type ?? null}
          onChange={value => filters.set('type', value)}
          clearable
        />
        {filters.values.api ? <PinnedApi id={filters.values.api} onClear={() => filters.set('api', null)} /> : null}
      </Filters>
      <ListView
        label="Applications"
        noun="application"
        list={list}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        filters={filters}
        views="applications"
        sort={{ value: filters.values.sort ?? '-created_at', onChange: value => filters.set('sort', value) }}
        nothing={
          <Empty title="No applications yet" action={create}>
            An application asks users for consent to act for them. For your own script, an application token is enough.
          </Empty>
        }
      />
      <CreateApplication open={open} onClose={close} />
    </>
  )
}

const COLUMNS: Column<Client>[] = [
  {
    head: 'Name',
    lead: true,
    cell: client => (
      <ApplicationName of={client}>
        {client.redirect_uris.length > 0 ? hostsOf(client.redirect_uris) : 'no redirect address'}
      </ApplicationName>
    ),
  },
  {
    head: 'Status',
    cell: ({ active }) => <ActiveBadge active={active} />,
  },
  { head: 'Type', cell: ({ type }) => TYPES[type].label },
  { head: 'Registered by', cell: ({ source }) => SOURCES[source] },
  {
    head: 'Owner',
    cell: ({ owner }) =>
      owner ? (
        <Anchor component={Link} href={`/users/${owner.id}`} size="sm">
          <Name text={owner.name} otherwise="deleted user" />
        </Anchor>
      ) : (
        'nobody'
      ),
  },
  { head: 'Scopes', cell: ({ scopes }) => <Scopes of={scopes} most={1} /> },
  { head: 'Created', sort: 'created_at', cell: ({ created_at }) => <When at={created_at} /> },
]

/** Redirect hosts identify an application, because it cannot choose those of other people. */
function hostsOf(uris: readonly string[]): string {
  const hosts = uris.map(uri => (URL.canParse(uri) ? new URL(uri).host || new URL(uri).protocol : 'out of band'))
  const distinct = [...new Set(hosts)]
  return distinct.length > 2
    ? `${distinct.slice(0, 2).join(', ')} and ${distinct.length - 2} more`
    : distinct.join(', ')
}
