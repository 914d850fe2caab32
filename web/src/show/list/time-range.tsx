import { Button, Group, Popover, Select, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { t } from '../../language/t.ts'
import { DAY, HOUR } from '../../span.ts'
import { useDraft } from '../change/use-draft.ts'
import { PinnedTime } from './pinned.tsx'
import type { useFilters } from './use-filters.ts'

/** Ranges that end now. The address contains their names, so a saved view moves with the time. */
const RANGES = [
  { value: '1h', label: t('Last hour') },
  { value: 'today', label: t('Today') },
  { value: '24h', label: t('Last 24 hours') },
  { value: '7d', label: t('Last 7 days') },
  { value: '30d', label: t('Last 30 days') },
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
    return <PinnedTime filters={filters} after="since" before="until" label={t('Time')} />
  return (
    <Popover opened={open} onDismiss={close} position="bottom-start" trapFocus withinPortal={false}>
      <Popover.Target>
        <Select
          label={t('Time')}
          placeholder={t('Any time')}
          data={[...RANGES, { value: CUSTOM, label: t('From … to …') }]}
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
  const draft = useDraft({ from: '', to: '' })
  const { from, to } = draft.values
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
          label={t('From')}
          max={to || undefined}
          {...draft.text('from')}
          data-autofocus
        />
        <TextInput type="datetime-local" label={t('To')} min={from || undefined} {...draft.text('to')} />
        <Button type="submit" disabled={from === '' && to === ''}>
          {t('Show')}
        </Button>
      </Group>
    </form>
  )
}
