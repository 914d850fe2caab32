import { Button, Group, Popover, Select, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { DAY, HOUR } from '../../span.ts'
import { PinnedTime } from './pinned.tsx'
import type { useFilters } from './use-filters.ts'

/** Ranges that end now. The address contains their names, so a saved view moves with the time. */
const RANGES = [
  { value: '1h', label: 'Last hour' },
  { value: 'today', label: 'Today' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
] as const
const CUSTOM = 'custom'
const LENGTHS: Readonly<Record<string, number>> = { '1h': HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY }

/** The start of a range in seconds, rounded to a minute, so that repeated requests are equal and can be cached. */
export function beginOf(range: string | undefined): number | undefined {
  if (range === undefined) return undefined
  if (range === 'today') return new Date().setHours(0, 0, 0, 0) / 1000
  const length = LENGTHS[range]
  return length === undefined ? undefined : Math.floor((Date.now() / 1000 - length) / 60) * 60
}

type Filters = ReturnType<typeof useFilters<'range' | 'since' | 'until'>>

/** The time range of a list: one of the usual ranges, or two limits. */
export function TimeRange({ filters }: { filters: Pick<Filters, 'values' | 'set' | 'drop' | 'put'> }) {
  const [open, { open: show, close }] = useDisclosure(false)
  const { range, since, until } = filters.values
  if (since !== undefined || until !== undefined)
    return <PinnedTime filters={filters} after="since" before="until" label="Time" />
  return (
    <Popover opened={open} onDismiss={close} position="bottom-start" trapFocus withinPortal={false}>
      <Popover.Target>
        <Select
          label="Time"
          placeholder="Any time"
          data={[...RANGES, { value: CUSTOM, label: 'From … to …' }]}
          value={range ?? null}
          onChange={value => (value === CUSTOM ? show() : filters.set('range', value))}
          clearable
        />
      </Popover.Target>
      <Popover.Dropdown>
        <FromTo
          onDone={(from, to) => {
            filters.put({ range: undefined, since: from, until: to })
            close()
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

/** In the browser's time zone. */
function FromTo({ onDone }: { onDone(since: string | undefined, until: string | undefined): void }) {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const seconds = (typed: string) => (typed === '' ? undefined : String(Math.floor(new Date(typed).getTime() / 1000)))
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        onDone(seconds(from), seconds(to))
      }}
    >
      <Group gap="xs" align="end">
        <TextInput
          type="datetime-local"
          label="From"
          value={from}
          max={to || undefined}
          onChange={change => setFrom(change.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          type="datetime-local"
          label="To"
          value={to}
          min={from || undefined}
          onChange={change => setTo(change.currentTarget.value)}
        />
        <Button type="submit" disabled={from === '' && to === ''}>
          Show
        </Button>
      </Group>
    </form>
  )
}
