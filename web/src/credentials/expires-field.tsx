import { Group, Select, TextInput } from '@mantine/core'
import { t } from '../language/t.ts'
import { useNow } from '../show/value/when.tsx'
import { DAY } from '../span.ts'
import { isDay } from './values.ts'

const dayAfter = (now: number, days: number): string => new Date((now + days * DAY) * 1000).toISOString().slice(0, 10)

/** When a credential expires: a number of days from the list, or its last day. */
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
