import { Select } from '@mantine/core'
import { t } from '../language/t.ts'
import { ROLLING_ENDS } from './words.ts'

/** The end that introspection reports for a credential without one, in seconds from the request; `null`: no end. */
export function RollingEnd({
  value,
  present = null,
  onChange,
}: {
  value: number | null
  /** The current value, which may be missing from the list of choices. */
  present?: number | null
  onChange(seconds: number | null): void
}) {
  const ends = ROLLING_ENDS.some(one => one.value === String(present ?? ''))
    ? ROLLING_ENDS
    : [...ROLLING_ENDS, { value: String(present), label: t('{count} seconds ahead', { count: Number(present) }) }]
  return (
    <Select
      label={t('Expiry reported for credentials that never expire')}
      description={t(
        'Some APIs refuse a token without an expiry. For them, introspection reports a time in the future, counted from each check.',
      )}
      data={ends}
      value={String(value ?? '')}
      onChange={chosen => onChange(chosen ? Number(chosen) : null)}
      allowDeselect={false}
    />
  )
}
