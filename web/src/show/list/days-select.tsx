import { Select } from '@mantine/core'
import { useState } from 'react'
import { counted, t } from '../../language/t.ts'
import { isDays, STANDARD } from '../value/unused-days.ts'

const USUAL = [30, STANDARD, 90, 180, 365]

/** A number of days: one of the usual ones, or any typed number. */
export default function DaysSelect({
  label,
  value,
  onChange,
  clearable = false,
  size = 'sm',
}: {
  label: string
  value: number | undefined
  onChange(days: number | undefined): void
  clearable?: boolean
  size?: 'xs' | 'sm'
}) {
  const [typed, setTyped] = useState('')
  const wanted = Number(/^\s*(\d{1,4})/.exec(typed)?.[1] ?? value)
  const all = [...new Set([...USUAL, ...(isDays(wanted) ? [wanted] : []), ...(value ? [value] : [])])]
  return (
    <Select
      label={label}
      size={size}
      placeholder={t('Any time')}
      data={all.sort((a, b) => a - b).map(days => ({ value: String(days), label: counted(days, 'day') }))}
      value={value === undefined ? null : String(value)}
      onChange={days => onChange(days === null ? undefined : Number(days))}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      clearable={clearable}
      allowDeselect={clearable}
      nothingFoundMessage={t('A number of days')}
    />
  )
}
