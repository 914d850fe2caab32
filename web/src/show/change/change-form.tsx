import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Ask } from '../../api/ask.ts'
import { useChange } from '../../api/use-ask.ts'
import type { Shown } from '../command/commands.ts'
import { CopyAs } from '../command/copy-as.tsx'
import { Failure } from '../page/failure.tsx'
import { notice } from '../page/notices.tsx'

/** A form for a change. On failure, shows the error and keeps the input. Also offers the change as a command. */
export function ChangeForm<Id extends Shown>({
  operation,
  what,
  action = 'Save',
  ready = true,
  children,
}: {
  operation: Id
  what: Ask<Id>
  /** The label of the button. */
  action?: string
  /** `false` if the form cannot be sent yet. */
  ready?: boolean
  children: ReactNode
}) {
  const save = useChange(operation)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (!ready) return
        void save.mutateAsync(what).then(
          () => notice('Saved'),
          () => {},
        )
      }}
    >
      <Stack gap="sm">
        {children}
        {save.error ? <Failure error={save.error} /> : null}
        <Group justify="space-between">
          <Button type="submit" loading={save.isPending} disabled={!ready}>
            {action}
          </Button>
          <CopyAs operation={operation} what={what} />
        </Group>
      </Stack>
    </form>
  )
}
