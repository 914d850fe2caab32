import { Button, Group, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type Answer, EVERYTHING, NOTHING } from '../../../src/wire/admin/contract.ts'
import { ask } from '../api/ask.ts'
import { t } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { Failure } from '../show/page/failure.tsx'
import { reasonInWords } from '../show/value/words.ts'

/** Checks the secret as an API would. The request contains it in the body, and does not count as a use. */
export function TestNow({ secret }: { secret: string }) {
  const test = useMutation({
    mutationFn: async () => {
      const started = performance.now()
      const told = await ask('explain', { body: { credential: secret } })
      return { told, took: performance.now() - started }
    },
  })
  return (
    <div>
      <Group gap="sm">
        <Button
          size="xs"
          variant="light"
          loading={test.isPending}
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          onClick={() => test.mutate()}
        >
          {t('Test now')}
        </Button>
        <CopyAs
          operation="explain"
          what={{ body: { credential: '' } }}
          size="xs"
          called={t('Copy “{label}” as', { label: t('Test now') })}
        />
        <Text size="sm" role="status" {...(test.data?.told.active === false && { c: 'var(--mantine-color-error)' })}>
          {test.data ? inWords(test.data.told, test.data.took) : t('Checks the new secret as an API would.')}
        </Text>
      </Group>
      {test.error ? <Failure error={test.error} /> : null}
    </div>
  )
}

function inWords(told: Answer<'explain'>, took: number): string {
  const elapsed = `${Math.max(1, Math.round(took))} ms`
  if (!told.active) return t('Refused: {reason} ({elapsed})', { reason: t(reasonInWords(told.reason)), elapsed })
  const scopes = told.credential?.scopes
  const carries = scopes?.join(' ') || t(scopes === null ? EVERYTHING : NOTHING)
  return t('Works: {carries} ({elapsed})', { carries, elapsed })
}
