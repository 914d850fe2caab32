import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './show.module.css'

/** Nothing here yet: what would be, and how it comes to be. */
export const Empty = ({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) => (
  <Stack className={styles.empty} gap="xs" align="center">
    <Title order={2} size="h4">
      {title}
    </Title>
    <Text c="dimmed" maw={520} ta="center" component="div">
      {children}
    </Text>
    {action}
  </Stack>
)
