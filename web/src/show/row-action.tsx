import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { Asked, Shown } from './commands.ts'
import { Confirm } from './confirm.tsx'
import { CopyAs } from './copy-as.tsx'
import { plainName } from './name.tsx'
import { notice } from './notices.tsx'

/** A button that takes something away: says what breaks, then does it, then says that it did. */
export function RowAction<Id extends Shown>({
  label,
  title,
  says,
  operation,
  what,
  run,
  size = 'xs',
  done,
  icon,
  action,
  reversible = false,
}: {
  label: string
  title: string
  says: ReactNode
  operation: Id
  what: Asked<Id>
  run(): Promise<unknown>
  size?: string
  done?: string
  icon?: ReactNode
  action?: string
  /** Can be undone, so it does not shout. */
  reversible?: boolean
}) {
  const [open, { open: show, close }] = useDisclosure(false)
  return (
    <>
      <Button
        size={size}
        {...(reversible ? { variant: 'default' } : { color: 'red', variant: 'light' })}
        onClick={show}
        leftSection={icon}
      >
        {label}
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title={plainName(title)}
        action={action ?? label}
        danger
        aside={<CopyAs operation={operation} what={what} />}
        run={async () => {
          await run()
          notice(done ?? 'Done')
        }}
      >
        {typeof says === 'string' ? <Text>{says}</Text> : says}
      </Confirm>
    </>
  )
}
