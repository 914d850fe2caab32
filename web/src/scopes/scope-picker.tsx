import { Badge, Code, Group, MultiSelect, Stack, TagsInput, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { KeyboardEvent } from 'react'
import { t } from '../language/t.ts'
import { plainName } from '../show/value/name.tsx'
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
  disabled = false,
  none = t('No scopes'),
}: {
  label: string
  description?: string
  value: readonly string[]
  onChange(scopes: string[]): void
  disabled?: boolean
  /** The meaning of an empty list. */
  none?: string
}) {
  const known = useKnownScopes()
  const [opened, { open, close }] = useDisclosure(false)
  const groups = known?.groups ?? []
  const kept = value.filter(scope => known && !known.find(scope))
  const data = [
    ...groups.map(({ group, items }) => ({ group, items: items.map(({ scope }) => scope) })),
    ...(kept.length > 0 ? [{ group: t('Not declared by any API'), items: kept }] : []),
  ]
  const field = {
    label,
    ...(description !== undefined && { description }),
    data,
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
    renderOption: ({ option }: { option: { value: string } }) => (
      <Option of={known?.find(option.value) ?? { scope: option.value, risk: 'low' }} />
    ),
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
      {disabled || !known ? null : (
        <InWords of={value.map(scope => known.find(scope) ?? { scope, risk: 'low' as const })} />
      )}
    </Stack>
  )
}

function Option({ of: { scope, sentence, risk } }: { of: KnownScope }) {
  return (
    <Stack gap={0} className={styles.option}>
      <Group gap={6} wrap="nowrap">
        <Code fz={12}>{plainName(scope)}</Code>
        <Risk of={risk} />
      </Group>
      {sentence === undefined ? null : (
        <Text size="xs" c="dimmed">
          {plainName(sentence)}
        </Text>
      )}
    </Stack>
  )
}

export const Risk = ({ of }: { of: KnownScope['risk'] }) =>
  of === 'high' ? (
    <Badge variant="light" color="orange">
      {t('high risk')}
    </Badge>
  ) : null

/** Descriptions of the selected scopes. Scopes without description are not repeated. */
function InWords({ of }: { of: readonly KnownScope[] }) {
  const said = of.filter(({ sentence, risk }) => sentence !== undefined || risk === 'high')
  if (said.length === 0) return null
  return (
    <ul className={styles.words}>
      {said.map(({ scope, sentence, risk }) => (
        <li key={scope}>
          <Code fz={12}>{plainName(scope)}</Code> {sentence === undefined ? '' : plainName(sentence)} <Risk of={risk} />
        </li>
      ))}
    </ul>
  )
}
