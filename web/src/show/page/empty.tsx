import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** The text for an empty list: what it will contain, and how to add the first item. */
export const Empty = ({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) => (
  <Stack gap="xs" align="center" px="md" py={48} bd="1px dashed var(--line)" bdrs="md">
    <Title order={2} size="h4">
      {title}
    </Title>
    <Text c="dimmed" maw={520} ta="center" component="div">
      {children}
    </Text>
    {action}
  </Stack>
)
