import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { ENDINGS, type EndingName } from '../../../../src/wire/admin/contract.ts'
import { t } from '../../language/t.ts'
import type { Shown } from '../command/commands.ts'
import { CopyAs } from '../command/copy-as.tsx'
import type { Asked } from '../command/curl.ts'
import { notice } from '../page/notices.tsx'
import { plainName } from '../value/name.tsx'
import { Confirm } from './confirm.tsx'
import { Ending } from './ending.tsx'

/**
 * A button that ends something. It opens a dialog that shows the consequences; only the button in the dialog is red.
 */
export function RowAction<Id extends Shown>({
  ends,
  label = t(ENDINGS[ends].word),
  title,
  says,
  operation,
  what,
  run,
  size = 'xs',
  done,
  icon,
  action,
  undo,
}: {
  ends: EndingName
  label?: string
  title: string
  /** The consequences, if they include counts. */
  says?: ReactNode
  operation: Id
  what: Asked<Id>
  run(): Promise<unknown>
  size?: string
  done?: string
  icon?: ReactNode
  action?: string
  /** Undoes the action; offered afterwards. */
  undo?(): Promise<unknown>
}) {
  const [open, { open: show, close }] = useDisclosure(false)
  return (
    <>
      <Button size={size} variant="default" onClick={show} leftSection={icon}>
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
          notice(done ?? t('Done'), undo ? { undo } : {})
        }}
      >
        {says ?? <Ending act={ends} />}
      </Confirm>
    </>
  )
}
