import { Badge } from '@mantine/core'
import { t } from '../../language/t.ts'

/** Shows whether a user or application is active. */
export const ActiveBadge = ({ active }: { active: boolean }) => (
  <Badge variant="light" color={active ? 'accent' : 'orange'}>
    {active ? t('Active') : t('Disabled')}
  </Badge>
)
