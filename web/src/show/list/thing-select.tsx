import { Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useAsk } from '../../api/use-ask.ts'
import { t } from '../../language/t.ts'
import { THINGS, type Thing } from '../value/href-of.ts'
import { plainName } from '../value/name.tsx'
import { Pinned } from './pinned.tsx'

export type Chosen = { is: Thing; id: string }

/** Selects a thing by a few letters of its name. The typed text is sent in a body and is never part of an address. */
export function ThingSelect({
  label,
  among,
  placeholder,
  chosen,
  onChange,
}: {
  label: string
  among: readonly Thing[]
  placeholder: string
  chosen: Chosen | undefined
  onChange(thing: Chosen | undefined): void
}) {
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 150)
  const found = useAsk('find', { body: { text } }, { enabled: text !== '' })
  const items = text === '' ? [] : (found.data?.items ?? []).filter(({ is }) => among.includes(is))
  if (chosen) return <PinnedThing label={label} chosen={chosen} onClear={() => onChange(undefined)} />
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={null}
      onChange={value => {
        const thing = items.find(({ is, id }) => `${is} ${id}` === value)
        if (thing) onChange(thing)
        setTyped('')
      }}
      data={among
        .map(is => ({
          group: THINGS[is].plural,
          items: items
            .filter(one => one.is === is)
            .map(({ id, name }) => ({ value: `${is} ${id}`, label: plainName(name) })),
        }))
        .filter(group => group.items.length > 0)}
      renderOption={({ option }) => (
        <span>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {plainName(items.find(({ is, id }) => `${is} ${id}` === option.value)?.note ?? '')}
          </Text>
        </span>
      )}
      nothingFoundMessage={
        text === '' ? t('Type a few letters') : found.isFetching ? t('Searching …') : t('Nothing found')
      }
      filter={({ options }) => options}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={320}
    />
  )
}

/** The selected thing, or the one in the address, by name. */
function PinnedThing({ label, chosen, onClear }: { label: string; chosen: Chosen; onClear(): void }) {
  return <Pinned label={label} value={useNameOf(chosen)} onClear={onClear} />
}

function useNameOf({ is, id }: Chosen): string {
  const what = { params: { id } }
  const user = useAsk('getUser', what, { enabled: is === 'user' })
  const client = useAsk('getClient', what, { enabled: is === 'client' })
  const credential = useAsk('getCredential', what, { enabled: is === 'credential' })
  const name = { user: user.data?.handle, client: client.data?.name, api: undefined, request: id }
  if (is === 'credential') return plainName(credential.data?.name ?? credential.data?.hint ?? id)
  return plainName(name[is] ?? id)
}
