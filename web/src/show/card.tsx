import { Group, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import styles from './show.module.css'

export function Card({
  title,
  lead,
  aside,
  children,
}: {
  title?: ReactNode
  lead?: ReactNode
  aside?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={title ? id : undefined}>
      {title ? (
        <Group justify="space-between" align="flex-start" mb="xs" gap="xs">
          <div>
            <Title order={2} size="h5" id={id}>
              {title}
            </Title>
            {lead ? (
              <Text size="sm" c="dimmed" component="div">
                {lead}
              </Text>
            ) : null}
          </div>
          {aside}
        </Group>
      ) : null}
      {children}
    </section>
  )
}
