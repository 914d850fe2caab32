import { Badge, Tooltip } from '@mantine/core'
import { inDigits } from '../../language/t.ts'
import { useUnusedDays } from './unused-days.ts'
import { STATUSES, type Status as StatusName } from './words.ts'

/** Icon, word and colour, so that no information depends on colour alone. */
export function Status({ of }: { of: StatusName }) {
  const { label, color, icon: Icon, meaning } = STATUSES[of]
  const { days } = useUnusedDays()
  return (
    <Tooltip label={meaning.replace('{days}', inDigits(days))} multiline maw={280}>
      <Badge color={color} variant="light" leftSection={<Icon size={13} aria-hidden />}>
        {label}
      </Badge>
    </Tooltip>
  )
}
