import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './page.module.css'

/** The text for an empty list: what it will contain, and how to add the first item. */
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
