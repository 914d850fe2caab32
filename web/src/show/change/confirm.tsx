import { Button, Group, Modal, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Answer } from '../../../../src/wire/admin/contract.ts'
import { type Ask, Problem } from '../../api/ask.ts'
import { useChange } from '../../api/use-ask.ts'
import { t } from '../../language/t.ts'
import type { Shown } from '../command/commands.ts'
import { CopyAs } from '../command/copy-as.tsx'
import { Failure } from '../page/failure.tsx'
import { notice } from '../page/notices.tsx'
import { LeaveWarning } from './leave-warning.tsx'
import type { Draft } from './use-draft.ts'

/** The texts of a dialog, and the operation that it performs. */
export type Question<Id extends Shown> = {
  title: string
  children?: ReactNode
  /** The label of the button: the action, not "OK". */
  action: string
  danger?: boolean
  /** What the dialog performs, and offers as a command. */
  operation: Id
  what: Ask<Id>
  /** Performs something else than `what`. */
  run?(): Promise<Answer<Id>>
  /** The message afterwards. */
  done?: string | ((answer: Answer<Id>) => string)
  onDone?(answer: Answer<Id>): void
  /** Undoes the action; offered afterwards. */
  undo?(): Promise<unknown>
  ready?: boolean
  /** The draft that the dialog sends. It is kept when the dialog closes, and blank again once it was sent or cancelled. */
  draft?: Draft
}

/** Asks before an action and shows its consequences. Also offers the action as a command. */
export function Confirm<Id extends Shown>({
  open,
  onClose,
  title,
  children,
  action,
  danger = false,
  operation,
  what,
  run,
  done,
  onDone,
  undo,
  ready = true,
  draft,
}: Question<Id> & { open: boolean; onClose(): void }) {
  const change = useChange(operation)
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
      const answer = await (run ?? (() => change.mutateAsync(what)))()
      draft?.reset()
      if (done) notice(typeof done === 'string' ? done : done(answer), { undo })
      onDone?.(answer)
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
            <CopyAs operation={operation} what={what} />
            <Group gap="xs" ml="auto">
              <Button
                variant="default"
                onClick={() => {
                  draft?.reset()
                  close()
                }}
              >
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
