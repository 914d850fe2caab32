import { Badge } from '@mantine/core'

/** Whether a user or an application may do anything at the moment. */
export const ActiveBadge = ({ active }: { active: boolean }) => (
  <Badge variant="light" color={active ? 'accent' : 'orange'} tt="none" fw={600}>
    {active ? 'Active' : 'Disabled'}
  </Badge>
)
