import { Button, Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { type Query, REASON_CHOICES } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { Filters } from '../show/list/filters.tsx'
import { Pinned } from '../show/list/pinned.tsx'
import { SavedViews } from '../show/list/saved-views.tsx'
import { SearchField } from '../show/list/search-field.tsx'
import { ThingSelect } from '../show/list/thing-select.tsx'
import { beginOf, TimeRange } from '../show/list/time-range.tsx'
import { useFilters } from '../show/list/use-filters.ts'
import { PageHead } from '../show/page/page-head.tsx'
import { plainName } from '../show/value/name.tsx'
import { reasonInWords } from '../show/value/words.ts'
import { Entries } from './entries.tsx'
import { EVENTS } from './events.ts'

const FILTERS = [
  'q',
  'user',
  'client',
  'credential',
  'outcome',
  'event',
  'api',
  'reason',
  'range',
  'since',
  'until',
  'actor',
  'request',
  'ip',
] as const
/** Types of things that can be searched by name; their filters have the same names. */
const ABOUT = ['user', 'client', 'credential'] as const
const HAPPENED = [
  {
    group: t('Outcome'),
    items: [
      { value: 'outcome:refused', label: t('Refused') },
      { value: 'outcome:accepted', label: t('Accepted') },
      { value: 'outcome:changed', label: t('Changes') },
    ],
  },
  { group: t('Event'), items: Object.entries(EVENTS).map(([name, { label }]) => ({ value: `event:${name}`, label })) },
]
/** Filters that links set. */
const PINNED = [
  ['actor', t('Actor')],
  ['request', t('Request')],
  ['ip', t('Address')],
] as const
const REASONS = Object.entries(REASON_CHOICES).map(([value, label]) => ({ value, label: t(label) }))

export default function ActivityPage() {
  const filters = useFilters(FILTERS)
  const [live, setLive] = useState(true)
  const { user: owner, request: request_id, range, since, until, ...asked } = filters.values
  const { q, outcome, event, api, reason } = asked
  const past = until !== undefined && Number(until) < Date.now() / 1000
  const begins = since === undefined ? beginOf(range) : Number(since)
  const ends = until && Number(until)
  const query = { ...asked, limit: 50, owner, request_id, since: begins, until: ends } as Query<'listJournal'>
  const about = ABOUT.find(name => filters.values[name])
  const happened = event ? `event:${event}` : outcome ? `outcome:${outcome}` : null
  return (
    <>
      <PageHead
        title={t('Activity')}
        lead={t('Who did what, what was refused, and why.')}
        actions={
          <>
            <SavedViews page="activity" query={filters.query} />
            <CopyAs operation="listJournal" what={{ query }} />
          </>
        }
      />
      <Filters>
        <SearchField
          placeholder={t('A name, address, reason or request id')}
          value={q}
          onChange={value => filters.set('q', value)}
        />
        <ThingSelect
          label={t('About')}
          among={ABOUT}
          placeholder={t('User, application, credential')}
          chosen={about && { is: about, id: filters.values[about] ?? '' }}
          onChange={thing =>
            filters.put({
              user: undefined,
              client: undefined,
              credential: undefined,
              ...(thing && { [thing.is]: thing.id }),
            })
          }
        />
        <Select
          label={t('What happened')}
          placeholder={t('Everything')}
          data={HAPPENED}
          value={happened}
          onChange={value => {
            const [name, chosen] = value?.split(':') ?? []
            filters.put({ event: undefined, outcome: undefined, ...(name && { [name]: chosen }) })
          }}
          clearable
          searchable
        />
        <ApiSelect value={api} onChange={value => filters.set('api', value)} />
        {reason ? (
          <Pinned label={t('Reason')} value={reasonInWords(reason)} onClear={() => filters.drop('reason')} />
        ) : (
          <Select
            label={t('Reason')}
            placeholder={t('Any')}
            data={REASONS}
            value={null}
            onChange={value => filters.set('reason', value)}
            searchable
            comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
          />
        )}
        <TimeRange filters={filters} />
        {PINNED.map(([name, label]) => {
          const value = filters.values[name]
          return (
            value && <Pinned key={name} label={label} value={plainName(value)} onClear={() => filters.drop(name)} />
          )
        })}
        <Switch
          label={t('Follow live')}
          disabled={past}
          checked={live && !past}
          onChange={change => setLive(change.currentTarget.checked)}
          pb={8}
        />
        {filters.any ? (
          <Button variant="default" onClick={filters.clear}>
            {t('Clear the filters')}
          </Button>
        ) : null}
      </Filters>
      <Entries
        query={query}
        // Does not poll, because past entries do not change.
        {...(live && !past && { every: 2500 })}
        more
        empty={filters.any ? t('Nothing matches these filters.') : t('Nothing has happened yet.')}
      />
    </>
  )
}

/** Selects an API by name. Shows nothing if there is no API. */
function ApiSelect({ value, onChange }: { value: string | undefined; onChange(value: string | null): void }) {
  const { may } = useSession()
  const apis = useAsk('listResourceServers', {}, { enabled: may('listResourceServers') })
  const data = (apis.data?.items ?? []).map(({ id, name }) => ({ value: id, label: plainName(name) }))
  if (data.length === 0 && !value) return null
  return (
    <Select
      label="API"
      placeholder={t('Every API')}
      data={value && !data.some(one => one.value === value) ? [...data, value] : data}
      value={value ?? null}
      onChange={onChange}
      clearable
      searchable
    />
  )
}
