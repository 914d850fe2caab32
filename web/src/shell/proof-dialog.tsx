import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { ask } from '../api/ask.ts'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { Failure } from '../show/page/failure.tsx'

/** Escape closes only this dialog, not the one below it. */
const OURS = { 'data-mantine-stop-propagation': 'true' }

/** Asks for the second factor, or for the password without one. The page below keeps its state. */
export default function ProofDialog({ open, onEnd }: { open: boolean; onEnd(given: boolean): void }) {
  const { user } = useSession()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const end = (given: boolean) => {
    setTyped('')
    setError(undefined)
    onEnd(given)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // React bubbles events through portals, so the waiting form would also submit.
    event.stopPropagation()
    setBusy(true)
    setError(undefined)
    try {
      await ask('proveSession', { body: user.second_factor ? { code: typed } : { password: typed } })
      end(true)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') end(false)
  }
  const field = {
    ...OURS,
    'data-autofocus': true,
    value: typed,
    required: true,
    onChange: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
  }
  return (
    <Modal
      opened={open}
      onClose={() => end(false)}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      zIndex={400}
      title={t('Is it you?')}
    >
      <form onSubmit={submit} onKeyDown={onKeyDown}>
        <Stack gap="md">
          <Text size="sm">
            {t('This action needs a recent sign-in, and yours is more than ten minutes old. What you entered is kept.')}
          </Text>
          {user.second_factor ? (
            <TextInput
              label={t('One-time code')}
              description={t('The six digits that your authenticator app shows now, or one of your recovery codes.')}
              autoComplete="one-time-code"
              maxLength={24}
              {...field}
            />
          ) : (
            <PasswordInput label={t('Your password')} autoComplete="current-password" {...field} />
          )}
          {error ? <Failure error={error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => end(false)} {...OURS}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={busy} {...OURS}>
              {t('Confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
