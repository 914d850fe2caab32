import { Select } from '@mantine/core'
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
    : [...ROLLING_ENDS, { value: String(present), label: `${present} seconds ahead` }]
  return (
    <Select
      label="End that introspection reports where a credential has none"
      description="For APIs that refuse a token without an end. It moves on each time they ask."
      data={ends}
      value={String(value ?? '')}
      onChange={chosen => onChange(chosen ? Number(chosen) : null)}
      allowDeselect={false}
    />
  )
}
