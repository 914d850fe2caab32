import { Box, Group, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import styles from './page.module.css'

type Props = { title?: ReactNode; lead?: ReactNode; aside?: ReactNode; children: ReactNode }

export function Card({ title, lead, aside, children }: Props) {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={title ? id : undefined}>
      {title ? (
        <Box mb="xs">
          <Group justify="space-between" align="flex-start" gap="xs">
            <Title order={2} size="h5" id={id} flex="1 1 10rem">
              {title}
            </Title>
            {aside}
          </Group>
          {lead ? (
            <Text size="sm" c="dimmed" component="div" mt={4}>
              {lead}
            </Text>
          ) : null}
        </Box>
      ) : null}
      {children}
    </section>
  )
}
