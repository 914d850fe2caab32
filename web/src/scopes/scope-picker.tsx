import { Code, MultiSelect, Stack, TagsInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { KeyboardEvent } from 'react'
import { t } from '../language/t.ts'
import { plainName } from '../show/value/name.tsx'
import { Risk } from './risk.tsx'
import styles from './scopes.module.css'
import { type KnownScope, useKnownScopes } from './use-known-scopes.ts'

/**
 * Selects scopes that the APIs declare, with description and risk. Other scopes can be typed only if the server accepts
 * them.
 */
export function ScopePicker({
  label,
  description,
  value,
  onChange,
  error,
  disabled = false,
  none = t('No scopes'),
}: {
  label: string
  description?: string | undefined
  value: readonly string[]
  onChange(scopes: string[]): void
  error?: string | undefined
  disabled?: boolean
  /** The meaning of an empty list. */
  none?: string
}) {
  const known = useKnownScopes()
  const [opened, { open, close }] = useDisclosure(false)
  const groups = known?.groups ?? []
  const kept = value.filter(scope => known && !known.find(scope))
  const described = (scope: string): KnownScope => known?.find(scope) ?? { scope, risk: 'low' }
  // Scopes without a description are not repeated below the field.
  const worded = value.map(described).filter(({ sentence, risk }) => sentence !== undefined || risk === 'high')
  const field = {
    label,
    description,
    error,
    data: [
      ...groups.map(({ group, items }) => ({ group, items: items.map(({ scope }) => scope) })),
      ...(kept.length > 0 ? [{ group: t('Not declared by any API'), items: kept }] : []),
    ],
    value: [...value],
    onChange,
    disabled,
    clearable: true,
    dropdownOpened: opened,
    onDropdownOpen: open,
    onDropdownClose: close,
    // Closes the list after Enter, because it would cover the next field.
    onKeyUp: ({ key }: KeyboardEvent) => {
      if (key === 'Enter') close()
    },
    placeholder: value.length === 0 ? none : '',
    renderOption: ({ option }: { option: { value: string } }) => <Described of={described(option.value)} />,
  }
  return (
    <Stack gap={6}>
      {known?.free === false ? (
        <MultiSelect
          {...field}
          searchable
          selectFirstOptionOnChange
          hidePickedOptions
          nothingFoundMessage={t('No API has such a scope')}
        />
      ) : (
        <TagsInput {...field} splitChars={[' ', ',']} acceptValueOnBlur maxTags={100} />
      )}
      {disabled || worded.length === 0 ? null : (
        <ul className={styles.words}>
          {worded.map(one => (
            <li key={one.scope}>
              <Described of={one} />
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

const Described = ({ of: { scope, sentence = '', risk } }: { of: KnownScope }) => (
  <span className={styles.described}>
    <Code fz={12}>{plainName(scope)}</Code> {plainName(sentence)} {risk === 'high' ? <Risk of="high" /> : null}
  </span>
)
