import { Button, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { CopyAs } from '../show/copy-as.tsx'
import { PageHead } from '../show/page-head.tsx'
import { Pinned, PinnedTime } from '../show/pinned.tsx'
import { SavedViews } from '../show/saved-views.tsx'
import styles from '../show/show.module.css'
import { useFilters } from '../show/use-filters.ts'
import { reasonInWords } from '../show/words.ts'
import { Entries } from './entries.tsx'
import { EVENTS, type EventName } from './sentences.ts'

const FIELDS = [
  { name: 'credential', label: 'Credential id' },
  { name: 'user', label: 'User id' },
  { name: 'client', label: 'Application id' },
  { name: 'actor', label: 'Actor id' },
  { name: 'request', label: 'Request id' },
  { name: 'ip', label: 'Address' },
] as const

export default function ActivityPage() {
  const filters = useFilters([
    'event',
    'credential',
    'user',
    'client',
    'actor',
    'request',
    'ip',
    'reason',
    'since',
    'until',
  ])
  const [live, setLive] = useState(true)
  const { event, credential, user, client, actor, request, ip, reason, since, until } = filters.values
  const past = until !== undefined && Number(until) < Date.now() / 1000
  const query: Query<'listJournal'> = {
    limit: 50,
    ...(event && { event: event as EventName }),
    ...(credential && { credential }),
    ...(user && { owner: user }),
    ...(client && { client }),
    ...(actor && { actor }),
    ...(request && { request_id: request }),
    ...(ip && { ip }),
    ...(reason && { reason }),
    ...(since && { since: Number(since) }),
    ...(until && { until: Number(until) }),
  }
  return (
    <>
      <PageHead
        title="Activity"
        lead="Who did what, what was refused, and why. Each line opens."
        actions={
          <>
            <SavedViews page="activity" query={filters.query} />
            <CopyAs operation="listJournal" what={{ query }} />
          </>
        }
      />
      <search className={styles.filters}>
        <Select
          label="Event"
          placeholder="Everything"
          data={EVENTS.map(({ value, label }) => ({ value, label }))}
          value={event ?? null}
          onChange={value => filters.set('event', value)}
          clearable
          searchable
        />
        {FIELDS.map(({ name, label }) => (
          <FilterText
            key={name}
            label={label}
            value={filters.values[name]}
            onChange={value => filters.set(name, value)}
          />
        ))}
        {reason ? <Pinned label="Reason" value={reasonInWords(reason)} onClear={() => filters.drop('reason')} /> : null}
        <PinnedTime filters={filters} after="since" before="until" label="Time" />
        <Switch
          label="Follow live"
          disabled={past}
          checked={live && !past}
          onChange={change => setLive(change.currentTarget.checked)}
          pb={8}
        />
        {filters.any ? (
          <Button variant="default" onClick={filters.clear}>
            Clear the filters
          </Button>
        ) : null}
      </search>
      <Entries
        query={query}
        // What is past does not change.
        {...(live && !past && { every: 2500 })}
        more
        empty={filters.any ? 'Nothing fits these filters.' : 'Nothing has happened yet.'}
      />
    </>
  )
}

/** Takes effect when it is left or Enter is pressed, so that no half-typed id is asked for. */
function FilterText({
  label,
  value,
  onChange,
}: {
  label: string
  value: string | undefined
  onChange(value: string): void
}) {
  return (
    <TextInput
      key={value ?? ''}
      label={label}
      defaultValue={value ?? ''}
      maxLength={100}
      onBlur={event => event.currentTarget.value.trim() !== (value ?? '') && onChange(event.currentTarget.value.trim())}
      onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}
