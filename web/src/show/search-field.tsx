import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'

/** Searches while one types, a moment after the last key. */
export function SearchField({
  value,
  onChange,
  placeholder,
}: {
  value: string | undefined
  onChange(value: string): void
  placeholder: string
}) {
  const [typed, setTyped] = useState(value ?? '')
  const [settled] = useDebouncedValue(typed, 250)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts a search
  useEffect(() => {
    if (settled !== (value ?? '')) onChange(settled)
  }, [settled])
  // biome-ignore lint/correctness/useExhaustiveDependencies: cleared from outside
  useEffect(() => {
    if (value === undefined && settled === typed) setTyped('')
  }, [value])
  return (
    <TextInput
      type="search"
      label="Search"
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      maxLength={100}
      onChange={event => setTyped(event.currentTarget.value)}
    />
  )
}
