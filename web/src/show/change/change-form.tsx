import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Answer } from '../../../../src/wire/admin/contract.ts'
import type { Ask } from '../../api/ask.ts'
import { useChange } from '../../api/use-ask.ts'
import { t } from '../../language/t.ts'
import type { Shown } from '../command/commands.ts'
import { CopyAs } from '../command/copy-as.tsx'
import { Failure } from '../page/failure.tsx'
import { notice } from '../page/notices.tsx'
import { LeaveWarning } from './leave-warning.tsx'
import type { Draft } from './use-draft.ts'

/** A form for a change. On failure, shows the error and keeps the input. Also offers the change as a command. */
export function ChangeForm<Id extends Shown>({
  operation,
  what,
  action = t('Save'),
  ready = true,
  draft,
  beside,
  onDone = () => notice(t('Saved')),
  children,
}: {
  operation: Id
  what: Ask<Id>
  /** The label of the button. */
  action?: string
  /** `false` if the form cannot be sent yet. */
  ready?: boolean
  /** The draft that the form sends: saved only if it was changed, and not lost without a question. */
  draft?: Draft
  /** What stands beside the button. */
  beside?: ReactNode
  /** What follows instead of a message. */
  onDone?(answer: Answer<Id>): void
  children: ReactNode
}) {
  const save = useChange(operation)
  const sendable = ready && (draft?.dirty ?? true)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (!sendable) return
        void save.mutateAsync(what).then(
          answer => {
            draft?.reset()
            onDone(answer)
          },
          error => draft?.fail(error),
        )
      }}
    >
      <Stack gap="sm">
        {children}
        {save.error && !draft?.placed ? <Failure error={save.error} /> : null}
        <Group justify="space-between">
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!sendable}>
              {action}
            </Button>
            {beside}
          </Group>
          <CopyAs operation={operation} what={what} />
        </Group>
      </Stack>
      <LeaveWarning when={draft?.dirty === true && !save.isPending} />
    </form>
  )
}
