import { OPERATIONS } from 'virtual:operations'
import { Button, Menu } from '@mantine/core'
import { IconTerminal2 } from '@tabler/icons-react'
import { useSession } from '../api/session.tsx'
import { type Asked, asCommand, asCurl, type Shown } from './commands.ts'
import { notice } from './notices.tsx'

/** The same action by other means: nothing here is for the console alone. */
export function CopyAs<Id extends Shown>({
  operation,
  what = {},
  size = 'sm',
  called,
}: {
  operation: Id
  what?: Asked<Id>
  size?: string
  /** What it is called where only its sign is shown, beside the action it belongs to. */
  called?: string
}) {
  const { issuer, user } = useSession()
  const copy = async (text: string, called: string) => {
    await navigator.clipboard.writeText(text).then(
      () => notice(`Copied as ${called}`),
      () => notice('The clipboard is closed to this page', 'bad'),
    )
  }
  const context = () => ({ me: user.handle, now: Math.floor(Date.now() / 1000) })
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        {called ? (
          <Button variant="default" size={size} px={8} aria-label={called}>
            <IconTerminal2 size={16} aria-hidden />
          </Button>
        ) : (
          <Button variant="default" size={size} leftSection={<IconTerminal2 size={16} aria-hidden />}>
            Copy as
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copy(asCurl(issuer, OPERATIONS[operation].at, what), 'curl')}>curl</Menu.Item>
        <Menu.Item onClick={() => copy(asCommand(operation, what, context()), 'command')}>command line</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
