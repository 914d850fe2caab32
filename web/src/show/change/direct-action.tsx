import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Ask } from '../../api/ask.ts'
import { useSession } from '../../api/session.tsx'
import { useChange } from '../../api/use-ask.ts'
import { t } from '../../language/t.ts'
import type { Shown } from '../command/commands.ts'
import { CopyAs } from '../command/copy-as.tsx'
import { notice } from '../page/notices.tsx'

type Props<Id extends Shown> = {
  label: string
  operation: Id
  what: Ask<Id>
  done: string
  icon: ReactNode
  size?: string
}

/**
 * A button for an action that ends nothing, so it needs no confirmation, for people who may do it. Also offers the action as
 * a command.
 */
export function DirectAction<Id extends Shown>({ label, operation, what, done, icon, size = 'sm' }: Props<Id>) {
  const { may } = useSession()
  const change = useChange(operation)
  if (!may(operation)) return null
  // Not the callbacks of `mutate`, which are not called if the button has disappeared meanwhile.
  const act = () =>
    void change.mutateAsync(what).then(
      () => notice(done),
      (error: Error) => notice(error.message, { mood: 'bad' }),
    )
  return (
    <Group gap={4} wrap="nowrap">
      <Button size={size} variant="default" loading={change.isPending} leftSection={icon} onClick={act}>
        {label}
      </Button>
      <CopyAs operation={operation} what={what} size={size} called={t('Copy “{action}” as', { action: label })} />
    </Group>
  )
}
