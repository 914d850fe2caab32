import { CloseButton, TextInput } from '@mantine/core'
import { language } from '../../language/language.ts'
import { t } from '../../language/t.ts'
import type { useFilters } from './use-filters.ts'

/** A filter from the address, which can be removed. */
export const Pinned = ({ label, value, onClear }: { label: string; value: string; onClear(): void }) => (
  <TextInput
    label={label}
    value={value}
    readOnly
    rightSection={
      <CloseButton size="sm" aria-label={t('Remove the filter “{filter}”', { filter: label })} onClick={onClear} />
    }
  />
)

type Filters<Name extends string> = Pick<ReturnType<typeof useFilters<Name>>, 'values' | 'drop'>
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' })
/** Shows a time from the address. The server refuses other texts. */
const said = (seconds = ''): string => (/^\d{1,12}$/.test(seconds) ? moment.format(Number(seconds) * 1000) : seconds)

/** A time range, with one or two limits. */
export function PinnedTime<Name extends string>({
  filters,
  after,
  before,
  label,
}: {
  filters: Filters<Name>
  after: Name
  before: Name
  label: string
}) {
  const [from, to] = [filters.values[after], filters.values[before]]
  if (from === undefined && to === undefined) return null
  const value = !from
    ? t('before {time}', { time: said(to) })
    : to
      ? `${said(from)} – ${said(to)}`
      : t('since {time}', { time: said(from) })
  return <Pinned label={label} value={value} onClear={() => filters.drop(after, before)} />
}
