import { Button, Group, Modal, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Problem } from '../../api/ask.ts'
import { Failure } from '../page/failure.tsx'

/** Asks before an action and shows its consequences. */
export function Confirm({
  open,
  onClose,
  title,
  children,
  action,
  danger = false,
  run,
  aside,
  ready = true,
}: {
  open: boolean
  onClose(): void
  title: string
  children: ReactNode
  /** The label of the button: the action, not "OK". */
  action: string
  danger?: boolean
  run(): Promise<unknown>
  aside?: ReactNode
  ready?: boolean
}) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const close = () => {
    setError(undefined)
    onClose()
  }
  const go = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await run()
      close()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const stale = error instanceof Problem && error.status === 401
  return (
    <Modal opened={open} onClose={close} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={event => {
          event.preventDefault()
          void go()
        }}
      >
        <Stack gap="md">
          {children}
          {error ? <Failure error={error} /> : null}
          <Group justify="space-between">
            <div>{aside}</div>
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={busy} disabled={!ready} color={danger ? 'red' : 'accent'}>
                {stale ? 'Try again' : action}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
