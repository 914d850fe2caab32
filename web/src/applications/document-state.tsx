import { Badge, Stack, Text } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { When } from '../show/value/when.tsx'

export type ClientDocument = Answer<'refreshClientDocument'>

const STATES: Record<ClientDocument['state'], { label: string; color: string }> = {
  fresh: { label: 'Fresh', color: 'accent' },
  stale: { label: 'Read anew at the next request', color: 'accent' },
  unreachable: { label: 'Cannot be reached', color: 'orange' },
  withdrawn: { label: 'Withdrawn', color: 'orange' },
  unfit: { label: 'Cannot be used', color: 'orange' },
}

/** The state of a document, with what is wrong and what that means. */
export function DocumentState({ of }: { of: ClientDocument }) {
  const { label, color } = of.active ? STATES[of.state] : { label: 'Blocked', color: 'orange' }
  return (
    <Stack gap={2} align="flex-start">
      <Badge variant="light" color={color} tt="none">
        {label}
      </Badge>
      {of.sentence ? <Text size="xs">{of.sentence}</Text> : null}
      {of.state === 'unreachable' ? (
        <Text size="xs">
          The stored copy serves until <When at={of.serves_until} />.
        </Text>
      ) : null}
      {of.state === 'withdrawn' || of.state === 'unfit' ? (
        <Text size="xs">It gets no new access. What people allowed before lives on until it is revoked.</Text>
      ) : null}
    </Stack>
  )
}
