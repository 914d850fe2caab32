import { Badge, Stack, Text } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t, tx } from '../language/t.ts'
import { When } from '../show/value/when.tsx'

export type ClientDocument = Answer<'refreshClientDocument'>

const STATES: Record<ClientDocument['state'], string> = {
  fresh: t('Up to date'),
  stale: t('Read again at the next request'),
  unreachable: t('Cannot be reached'),
  withdrawn: t('Withdrawn'),
  unfit: t('Cannot be used'),
}

/** The state of a document, with what is wrong and what that means. */
export function DocumentState({ of: { active, state, sentence, serves_until } }: { of: ClientDocument }) {
  const works = active && (state === 'fresh' || state === 'stale')
  return (
    <Stack gap={2} align="flex-start">
      <Badge variant="light" color={works ? 'accent' : 'orange'} tt="none">
        {active ? STATES[state] : t('Blocked')}
      </Badge>
      {sentence ? <Text size="xs">{sentence}</Text> : null}
      {state === 'unreachable' ? (
        <Text size="xs">{tx('The stored copy is used until {time}.', { time: <When at={serves_until} /> })}</Text>
      ) : null}
      {state === 'withdrawn' || state === 'unfit' ? (
        <Text size="xs">{t('It gets no new access. Access that users allowed before works until it is revoked.')}</Text>
      ) : null}
    </Stack>
  )
}
