import { Box, Group, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { t } from '../../language/t.ts'

/** The heading of a page, a sentence about its purpose, and its actions. */
export function PageHead({
  title,
  tab,
  lead,
  actions,
}: {
  title: ReactNode
  /** The title of the browser tab if `title` is not plain text. */
  tab?: string
  lead?: ReactNode
  actions?: ReactNode
}) {
  useDocumentTitle(`${tab ?? (typeof title === 'string' ? title : t('Console'))} · Claviger`)
  return (
    <Group justify="space-between" align="flex-start" mb="md">
      <Box flex="1 1 18rem" miw="min(100%, 18rem)">
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {lead ? (
          <Text c="dimmed" mt={4} maw={720} component="div">
            {lead}
          </Text>
        ) : null}
      </Box>
      {actions ? <Group gap="xs">{actions}</Group> : null}
    </Group>
  )
}
