import { Badge } from '@mantine/core'

/** Shows whether a user or application is active. */
export const ActiveBadge = ({ active }: { active: boolean }) => (
  <Badge variant="light" color={active ? 'accent' : 'orange'}>
    {active ? 'Active' : 'Disabled'}
  </Badge>
)
