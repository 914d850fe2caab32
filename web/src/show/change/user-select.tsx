import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { t } from '../../language/t.ts'
import { plainName } from '../value/name.tsx'

const labelOf = (own: string): string => t('{name} (you)', { name: plainName(own) })

/** Selects a user by the start of their handle or e-mail address. */
export function UserSelect({
  label,
  description,
  value,
  present,
  onChange,
}: {
  label: string
  description?: string
  /** `undefined`: the signed-in user. */
  value: string | undefined
  /** The current owner until another is selected; null: no owner. */
  present?: { id: string; name: string | null } | null
  onChange(id: string | undefined): void
}) {
  const { user, may } = useSession()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed === labelOf(user.handle) ? user.handle : typed, 200)
  const found = useAsk('listUsers', { query: { limit: 20, ...(q && { q }) } }, { enabled: may('listUsers') })
  const others = (found.data?.items ?? []).filter(one => one.id !== user.id && one.id !== present?.id && one.active)
  const standing = present === undefined ? user.id : (present?.id ?? '')
  const data = [
    ...(present === null ? [{ value: '', label: t('nobody') }] : []),
    ...(present && present.id !== user.id
      ? [{ value: present.id, label: plainName(present.name ?? t('deleted user')) }]
      : []),
    // The visitor is also filtered by the typed text.
    ...(user.handle.includes(q.toLowerCase()) ? [{ value: user.id, label: labelOf(user.handle) }] : []),
    ...others.map(one => ({ value: one.id, label: plainName(one.handle) })),
  ]
  return (
    <Select
      label={label}
      description={description}
      data={data}
      value={value ?? standing}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={id => onChange(id === user.id || id === null ? undefined : id)}
      allowDeselect={false}
      nothingFoundMessage={t('No user found')}
      filter={({ options }) => options}
    />
  )
}
