import { Button, Group, Modal, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Problem } from '../../api/ask.ts'
import { t } from '../../language/t.ts'
import { Failure } from '../page/failure.tsx'
import { LeaveWarning } from './leave-warning.tsx'
import type { Draft } from './use-draft.ts'

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
  draft,
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
  /** The draft that the dialog sends. It is kept when the dialog closes, and blank again after it was sent. */
  draft?: Draft
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
      draft?.reset()
      close()
    } catch (problem) {
      setError(problem)
      draft?.fail(problem)
    } finally {
      setBusy(false)
    }
  }
  const stale = error instanceof Problem && error.status === 401
  return (
    <Modal opened={open} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('Close') }}>
      <form
        onSubmit={event => {
          event.preventDefault()
          void go()
        }}
      >
        <Stack gap="md">
          {children}
          {error && !draft?.placed ? <Failure error={error} /> : null}
          <Group justify="space-between">
            <div>{aside}</div>
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                {t('Cancel')}
              </Button>
              <Button type="submit" loading={busy} disabled={!ready} color={danger ? 'red' : 'accent'}>
                {stale ? t('Try again') : action}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
      <LeaveWarning when={open && draft?.dirty === true && !busy} />
    </Modal>
  )
}
