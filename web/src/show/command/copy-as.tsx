import { OPERATIONS } from 'virtual:operations'
import { Button, Menu } from '@mantine/core'
import { IconTerminal2 } from '@tabler/icons-react'
import { useSession } from '../../api/session.tsx'
import { t } from '../../language/t.ts'
import { notice } from '../page/notices.tsx'
import { copyText } from '../value/copy.tsx'
import { asCommand, BY_COMMAND_ALONE, type Shown } from './commands.ts'
import { type Asked, asCurl } from './curl.ts'

type Same<Id extends Shown> = { operation: Id; what?: Asked<Id> }

/** Menu items that copy the action as curl or as a command. */
export function CopyItems<Id extends Shown>({ operation, what = {} }: Same<Id>) {
  const { issuer, user } = useSession()
  const copy = async (text: string, copied: string) =>
    (await copyText(text)) ? notice(copied) : notice(t('The browser does not allow copying'), { mood: 'bad' })
  const context = () => ({ me: user.handle, now: Math.floor(Date.now() / 1000) })
  return (
    <>
      {BY_COMMAND_ALONE.includes(operation) ? null : (
        <Menu.Item onClick={() => copy(asCurl(issuer, OPERATIONS[operation].on, what), t('Copied as curl'))}>
          curl
        </Menu.Item>
      )}
      <Menu.Item onClick={() => copy(asCommand(operation, what, context()), t('Copied as command'))}>
        {t('command line')}
      </Menu.Item>
    </>
  )
}

/** A menu for copying, because every action of the console is also possible without it. */
export function CopyAs<Id extends Shown>({
  size = 'sm',
  called,
  ...same
}: Same<Id> & {
  size?: string
  /** The accessible name of the button if it is only an icon. */
  called?: string
}) {
  const icon = <IconTerminal2 size={16} aria-hidden />
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size={size} {...(called ? { px: 8, 'aria-label': called } : { leftSection: icon })}>
          {called ? icon : t('Copy as')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CopyItems {...same} />
      </Menu.Dropdown>
    </Menu>
  )
}
