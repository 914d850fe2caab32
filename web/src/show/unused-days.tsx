import { Select } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useState } from 'react'
import type { Credential } from './words.ts'

/** The default number of days without use, the same as in the server and the command line. */
const STANDARD = 60
const USUAL = [30, STANDARD, 90, 180, 365]
const MOST = 3650
const DAY_SECONDS = 24 * 60 * 60

const isDays = (days: unknown): days is number =>
  typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= MOST

/** The number of days without use that this person calls unused, in filters, badges and warnings. */
export function useUnusedDays() {
  const [kept, setDays] = useLocalStorage<number>({
    key: 'claviger.unused-days',
    defaultValue: STANDARD,
    getInitialValueInEffect: false,
  })
  return { days: isDays(kept) ? kept : STANDARD, setDays }
}

/** The status from the server, except "unused", which depends on this person's number of days. */
export function statusFor(row: Pick<Credential, 'status' | 'name' | 'last_used_at' | 'created_at'>, days: number) {
  if (row.name === null || (row.status !== 'active' && row.status !== 'unused')) return row.status
  const idle = Date.now() / 1000 - (row.last_used_at ?? row.created_at)
  return idle > days * DAY_SECONDS ? ('unused' as const) : ('active' as const)
}

/** A number of days: one of the usual ones, or any typed number. */
export function DaysSelect({
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
      placeholder="Any time"
      data={all
        .sort((a, b) => a - b)
        .map(days => ({ value: String(days), label: days === 1 ? '1 day' : `${days} days` }))}
      value={value === undefined ? null : String(value)}
      onChange={days => onChange(days === null ? undefined : Number(days))}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      clearable={clearable}
      allowDeselect={clearable}
      nothingFoundMessage="A number of days"
    />
  )
}
