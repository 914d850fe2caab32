import { Button, Group, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { usePages } from '../api/use-ask.ts'
import { PinnedApi } from '../apis/pinned-api.tsx'
import { t } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import DaysSelect from '../show/list/days-select.tsx'
import { Filters } from '../show/list/filters.tsx'
import { ListView } from '../show/list/list-view.tsx'
import { Pinned, PinnedTime } from '../show/list/pinned.tsx'
import { SearchField } from '../show/list/search-field.tsx'
import { ThingSelect } from '../show/list/thing-select.tsx'
import { useFilters } from '../show/list/use-filters.ts'
import { PageHead } from '../show/page/page-head.tsx'
import { Choice } from '../show/value/choice.tsx'
import { useUnusedDays } from '../show/value/unused-days.ts'
import { isLive, KINDS, STATUSES } from '../show/value/words.ts'
import { BulkRevoke } from './bulk-revoke.tsx'
import { credentialColumns } from './columns.tsx'
import { ExportMenu } from './export-menu.tsx'
import { NoCredentials } from './no-credentials.tsx'
import { useSparks } from './use-sparks.ts'
import { askOf, VIEWS, type View, viewOf } from './views.ts'

const FILTERS = [
  'view',
  'kind',
  'status',
  'unused_days',
  'q',
  'owner',
  'client',
  'grant',
  'api',
  'use',
  'sort',
  'created_after',
  'created_before',
] as const
const KIND_CHOICES = Object.entries(KINDS)
  .filter(([, { shown }]) => shown)
  .map(([value, { plural }]) => ({ value, label: t(plural) }))
  .concat([{ value: 'api_key,application_token', label: t('Keys and application tokens') }])
const STATUS_OF = {
  kept: ['active', 'disabled', 'rotating', 'expires_soon'],
  short: ['active', 'disabled'],
  ended: ['expired', 'revoked'],
} as const satisfies Record<View, readonly (keyof typeof STATUSES)[]>
const USE_WORDS: Readonly<Record<string, string>> = {
  recent: t('within 90 days'),
  lapsed: t('not for 90 days'),
  never: t('never'),
}

export default function CredentialsPage() {
  const { may } = useSession()
  const filters = useFilters(FILTERS)
  const { setDays } = useUnusedDays()
  const { view: _, unused_days, ...asked } = filters.values
  const view = viewOf(filters.values)
  const days = Number(unused_days) || undefined
  const query = { ...askOf(view), ...given(asked), ...(days && { unused_days: days }) } as Query<'listCredentials'>
  if (days && !asked.status) delete query.status
  const list = usePages('listCredentials', { query }, { every: 15_000 })
  const [chosen, setChosen] = useState<Set<string>>(new Set())
  const shown = list.items ?? []
  const sparks = useSparks(shown, 15_000)
  const mayRevoke = may('revokeCredentials')
  const picked = shown.filter(({ id, status }) => chosen.has(id) && isLive(status))

  return (
    <>
      <PageHead
        title={t('Credentials')}
        lead={t('API keys and tokens of every kind.')}
        actions={
          <>
            <ExportMenu query={query} shown={shown} />
            <CopyAs operation="listCredentials" what={{ query }} />
            {may('createCredential') ? (
              <Button component={Link} href="/credentials/new" leftSection={<IconPlus size={16} aria-hidden />}>
                {t('Create credential')}
              </Button>
            ) : null}
          </>
        }
      />
      <Group mb="md">
        <Choice
          label={t('Which credentials')}
          of={VIEWS}
          value={view}
          onChange={next => {
            setChosen(new Set())
            filters.put({
              view: next === 'kept' ? undefined : next,
              status: undefined,
              unused_days: undefined,
              sort: undefined,
            })
          }}
        />
      </Group>
      <Filters>
        <SearchField
          placeholder={t('Name, id or last four characters')}
          value={filters.values.q}
          onChange={value => filters.set('q', value)}
        />
        <ThingSelect
          label={t('Owner')}
          among={['user']}
          placeholder={t('Every owner')}
          chosen={filters.values.owner ? { is: 'user', id: filters.values.owner } : undefined}
          onChange={thing => filters.set('owner', thing?.id)}
        />
        <ThingSelect
          label={t('Application')}
          among={['client']}
          placeholder={t('Every application')}
          chosen={filters.values.client ? { is: 'client', id: filters.values.client } : undefined}
          onChange={thing => filters.put({ client: thing?.id, view })}
        />
        {view === 'kept' ? (
          <DaysSelect
            label={t('Unused for')}
            value={days}
            onChange={next => {
              if (next) setDays(next)
              filters.put({ unused_days: next ? String(next) : undefined, status: undefined })
            }}
            clearable
          />
        ) : null}
        <Select
          label={t('Kind')}
          placeholder={t('Every kind')}
          data={KIND_CHOICES}
          value={filters.values.kind ?? null}
          onChange={value => filters.put({ kind: value, view })}
          clearable
        />
        <Select
          label={t('Status')}
          placeholder={t('Every status')}
          data={STATUS_OF[view].map(value => ({ value, label: t(STATUSES[value].label) }))}
          value={filters.values.status ?? null}
          onChange={value => filters.put({ status: value, view, ...(value && { unused_days: undefined }) })}
          clearable
        />
        {filters.values.use ? (
          <Pinned
            label={t('Used')}
            value={USE_WORDS[filters.values.use] ?? filters.values.use}
            onClear={() => filters.drop('use')}
          />
        ) : null}
        {filters.values.grant ? (
          <Pinned label={t('Grant')} value={t('of one consent')} onClear={() => filters.drop('grant')} />
        ) : null}
        <PinnedTime filters={filters} after="created_after" before="created_before" label={t('Created')} />
        {filters.values.api ? <PinnedApi id={filters.values.api} onClear={() => filters.drop('api')} /> : null}
      </Filters>
      <ListView
        label={t('Credentials')}
        noun="credential"
        list={list}
        columns={credentialColumns(sparks)}
        keyOf={({ id }) => id}
        filters={{ ...filters, any: filters.any && filters.query !== `view=${view}` }}
        views="credentials"
        nothing={view === 'kept' ? <NoCredentials /> : <p>{t('No credentials here.')}</p>}
        sort={
          view === 'kept'
            ? { value: filters.values.sort ?? '-created_at', onChange: value => filters.set('sort', value) }
            : undefined
        }
        selection={mayRevoke ? { chosen, onChange: setChosen, nameOf: row => row.name ?? row.hint } : undefined}
        picked={
          mayRevoke && picked.length > 0 ? (
            <BulkRevoke picked={picked} sparks={sparks} onDone={() => setChosen(new Set())} />
          ) : null
        }
      />
    </>
  )
}

const given = (values: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
