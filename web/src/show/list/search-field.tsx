import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { t } from '../../language/t.ts'

/** Texts with the form of a secret are not searched, because the search text becomes part of the address. */
const SECRET = /clv_[a-z]+_[^\s…]{12,}|^eyJ[\w-]+\./

type Props = { value: string | undefined; onChange(value: string): void; placeholder: string }

/** Searches during typing, shortly after the last key. */
export function SearchField({ value, onChange, placeholder }: Props) {
  const [typed, setTyped] = useState(value ?? '')
  const [settled] = useDebouncedValue(typed, 250)
  const secret = SECRET.test(typed)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts a search
  useEffect(() => {
    if (settled !== (value ?? '') && !SECRET.test(settled)) onChange(settled)
  }, [settled])
  // biome-ignore lint/correctness/useExhaustiveDependencies: cleared from outside
  useEffect(() => {
    if (value === undefined && settled === typed) setTyped('')
  }, [value])
  return (
    <TextInput
      type="search"
      label={t('Search')}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      maxLength={100}
      error={secret ? t('That is a secret: paste it under Explain') : undefined}
      onChange={event => setTyped(event.currentTarget.value)}
    />
  )
}
