import { Box, Group, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import styles from './page.module.css'

type Props = { title?: ReactNode; lead?: ReactNode; aside?: ReactNode; children: ReactNode }

export function Card({ title, lead, aside, children }: Props) {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={title ? id : undefined}>
      {title ? (
        <Group justify="space-between" align="flex-start" gap="xs" mb="xs">
          <Box flex="1 1 14rem">
            <Title order={2} size="h5" id={id}>
              {title}
            </Title>
            {lead ? (
              <Text size="sm" c="dimmed" component="div">
                {lead}
              </Text>
            ) : null}
          </Box>
          {aside}
        </Group>
      ) : null}
      {children}
    </section>
  )
}
