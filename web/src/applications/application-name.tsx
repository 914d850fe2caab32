import { Anchor, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Name } from '../show/name.tsx'
import type { Client } from './words.ts'

/** The name of an application in a list, as a link, with a line of dimmed text below. */
export function ApplicationName({ of: { id, name }, children }: { of: Client; children: ReactNode }) {
  return (
    <Stack gap={2}>
      <Anchor component={Link} href={`/applications/${encodeURIComponent(id)}`} fw={600} c="inherit">
        <Name text={name} />
      </Anchor>
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </Stack>
  )
}
