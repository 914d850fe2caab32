import { Group, Select, TextInput } from '@mantine/core'
import { t } from '../language/t.ts'
import { useNow } from '../show/value/when.tsx'
import { dayAfter, isDay } from './templates.ts'

/** The end of a credential: a life from the list, or its last day. */
export function ExpiresField({
  lives,
  value,
  description,
  onChange,
}: {
  /** The value `date` shows a field for a day. */
  lives: readonly { value: string; label: string }[]
  value: string
  description?: string | undefined
  onChange(expires: string): void
}) {
  const now = useNow()
  return (
    <Group gap="md" align="flex-start">
      <Select
        label={t('Expires')}
        description={description}
        data={[...lives]}
        value={isDay(value) ? 'date' : value}
        onChange={chosen => {
          if (chosen !== null) onChange(chosen === 'date' ? dayAfter(now, 90) : chosen)
        }}
        allowDeselect={false}
      />
      {isDay(value) ? (
        <TextInput
          type="date"
          label={t('Last day')}
          description={t('It stops working when this day ends, in UTC.')}
          required
          min={dayAfter(now, 0)}
          max={dayAfter(now, 36_500)}
          value={value}
          onChange={event => {
            const typed = event.currentTarget.value
            if (isDay(typed)) onChange(typed)
          }}
        />
      ) : null}
    </Group>
  )
}
