import { Button, Group, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { type Answer, scopesInWords } from '../../../src/wire/admin/contract.ts'
import { ask } from '../api/ask.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { Failure } from '../show/page/failure.tsx'
import { reasonInWords } from '../show/value/words.ts'

/** Checks the secret as an API would. The request contains it in the body, and does not count as a use. */
export function TestNow({ secret }: { secret: string }) {
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<{ told: Answer<'explain'>; took: number }>()
  const [error, setError] = useState<unknown>()
  const test = async () => {
    setBusy(true)
    setError(undefined)
    const started = performance.now()
    await ask('explain', { body: { credential: secret } }).then(
      told => setResult({ told, took: performance.now() - started }),
      setError,
    )
    setBusy(false)
  }
  return (
    <div>
      <Group gap="sm">
        <Button
          size="xs"
          variant="light"
          loading={busy}
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          onClick={test}
        >
          Test now
        </Button>
        <CopyAs operation="explain" what={{ body: { credential: '' } }} size="xs" called="Copy “Test now” as" />
        <Text size="sm" role="status" {...(result?.told.active === false && { c: 'var(--mantine-color-error)' })}>
          {result ? inWords(result.told, result.took) : 'Checks the new secret as an API would.'}
        </Text>
      </Group>
      {error ? <Failure error={error} /> : null}
    </div>
  )
}

function inWords(told: Answer<'explain'>, took: number): string {
  const elapsed = `${Math.max(1, Math.round(took))} ms`
  if (!told.active) return `Refused: ${reasonInWords(told.reason)} (${elapsed})`
  const scopes = told.credential?.scopes
  const carries = scopesInWords(scopes ?? (scopes === null ? null : []))
  return `Works: ${carries} (${elapsed})`
}
