import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../../language/t.ts'
import type { Shown } from '../command/commands.ts'
import { CopyAs } from '../command/copy-as.tsx'
import type { Asked } from '../command/curl.ts'
import { notice } from '../page/notices.tsx'

/** A button for an action that ends nothing, so it needs no confirmation. Also offers the action as a command. */
export function DirectAction<Id extends Shown>({
  label,
  operation,
  what,
  run,
  done,
  icon,
  size = 'sm',
  busy = false,
}: {
  label: string
  operation: Id
  what: Asked<Id>
  run(): Promise<unknown>
  done: string
  icon: ReactNode
  size?: string
  busy?: boolean
}) {
  const act = () =>
    void run().then(
      () => notice(done),
      (error: Error) => notice(error.message, { mood: 'bad' }),
    )
  return (
    <Group gap={4} wrap="nowrap">
      <Button size={size} variant="default" loading={busy} leftSection={icon} onClick={act}>
        {label}
      </Button>
      <CopyAs operation={operation} what={what} size={size} called={t('Copy “{action}” as', { action: label })} />
    </Group>
  )
}
