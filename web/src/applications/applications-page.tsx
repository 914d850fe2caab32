import { Anchor, Select } from '@mantine/core'
import { Link, useSearchParams } from 'wouter'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { usePages } from '../api/use-ask.ts'
import { PinnedApi } from '../apis/pinned-api.tsx'
import { t } from '../language/t.ts'
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
import { choicesOf } from '../show/value/choice.tsx'
import { Name } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import { ApplicationName } from './application-name.tsx'
import { CreateApplication } from './create-application.tsx'
import { type Client, SOURCES, TYPES } from './words.ts'

export default function ApplicationsPage() {
  const filters = useFilters(['q', 'owner', 'source', 'type', 'api', 'sort'])
  const { q, owner, api, sort } = filters.values
  const [search] = useSearchParams()
  const query = filters.values as Query<'listClients'>
  const list = usePages('listClients', { query }, { every: 15_000 })
  return (
    <>
      <PageHead
        title={t('Applications')}
        lead={t('Programs that access APIs with the consent of users, or for themselves.')}
        actions={
          <>
            <CopyAs operation="listClients" what={{ query }} />
            <CreateApplication openAtFirst={search.has('new')} />
          </>
        }
      />
      <Filters>
        <SearchField placeholder={t('Part of the name')} value={q} onChange={value => filters.set('q', value)} />
        <ThingSelect
          label={t('Owner')}
          among={['user']}
          placeholder={t('Everybody')}
          chosen={owner ? { is: 'user', id: owner } : undefined}
          onChange={thing => filters.set('owner', thing?.id)}
        />
        <Select
          label={t('Registered by')}
          placeholder={t('Anybody')}
          data={choicesOf(SOURCES)}
          {...filters.pick('source')}
        />
        <Select label={t('Type')} placeholder={t('Both types')} data={choicesOf(TYPES)} {...filters.pick('type')} />
        {api ? <PinnedApi id={api} onClear={() => filters.set('api', null)} /> : null}
      </Filters>
      <ListView
        label={t('Applications')}
        noun="application"
        list={list}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        filters={filters}
        views="applications"
        sort={{ value: sort ?? '-created_at', onChange: value => filters.set('sort', value) }}
        nothing={
          <Empty title={t('No applications yet')} action={<CreateApplication />}>
            {t(
              'An application asks users for consent to act for them. For your own script, an application token is enough.',
            )}
          </Empty>
        }
      />
    </>
  )
}

const COLUMNS: Column<Client>[] = [
  {
    head: t('Name'),
    lead: true,
    cell: client => <ApplicationName of={client}>{hostsOf(client.redirect_uris)}</ApplicationName>,
  },
  { head: t('Status'), cell: ({ active }) => <ActiveBadge active={active} /> },
  { head: t('Type'), cell: ({ type }) => TYPES[type] },
  { head: t('Registered by'), cell: ({ source }) => SOURCES[source] },
  {
    head: t('Owner'),
    cell: ({ owner }) =>
      owner ? (
        <Anchor component={Link} href={`/users/${owner.id}`} size="sm">
          <Name text={owner.name} otherwise={t('deleted user')} />
        </Anchor>
      ) : (
        t('nobody')
      ),
  },
  { head: t('Scopes'), cell: ({ scopes }) => <Scopes of={scopes} most={1} /> },
  { head: t('Created'), sort: 'created_at', cell: ({ created_at }) => <When at={created_at} /> },
]

/** Redirect hosts identify an application, because it cannot choose those of other people. */
function hostsOf(uris: readonly string[]): string {
  const hosts = uris.map(uri => (URL.canParse(uri) ? new URL(uri).host || new URL(uri).protocol : t('out of band')))
  const distinct = [...new Set(hosts)]
  if (distinct.length === 0) return t('no redirect address')
  const first = distinct.slice(0, 2).join(', ')
  return distinct.length > 2 ? t('{some} and {count} more', { some: first, count: distinct.length - 2 }) : first
}
