import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { ENDINGS, type EndingName } from '../../../src/wire/admin/contract.ts'
import type { Shown } from './commands.ts'
import { Confirm } from './confirm.tsx'
import { CopyAs } from './copy-as.tsx'
import type { Asked } from './curl.ts'
import { Ending } from './ending.tsx'
import { plainName } from './name.tsx'
import { notice } from './notices.tsx'

/** A button that takes something away: says what breaks, then does it, then says that it did. */
export function RowAction<Id extends Shown>({
  ends,
  label = ENDINGS[ends].word,
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
  undo,
}: {
  ends: EndingName
  label?: string
  title: string
  /** Its sentences, where they come with counts. */
  says?: ReactNode
  operation: Id
  what: Asked<Id>
  run(): Promise<unknown>
  size?: string
  done?: string
  icon?: ReactNode
  action?: string
  /** Can be undone, so it does not shout. */
  reversible?: boolean
  /** Takes it back; offered when it is done. */
  undo?(): Promise<unknown>
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
          notice(done ?? 'Done', undo ? { undo } : {})
        }}
      >
        {says ?? <Ending act={ends} />}
      </Confirm>
    </>
  )
}
