import { Button, Menu } from '@mantine/core'
import { IconTerminal2 } from '@tabler/icons-react'
import type { OperationId } from '../../../src/wire/admin/contract.ts'
import { type Ask, requestOf } from '../api/ask.ts'
import { useSession } from '../api/session.tsx'
import { notice } from './notices.tsx'

/** The same action by other means: nothing here is for the console alone. */
export function CopyAs<Id extends OperationId>({
  operation,
  what = {},
  command,
  size = 'sm',
}: {
  operation: Id
  what?: Ask<Id>
  /** The command line that does the same; absent where there is none. */
  command?: string | undefined
  size?: string
}) {
  const { issuer } = useSession()
  const copy = async (text: string, called: string) => {
    await navigator.clipboard.writeText(text).then(
      () => notice(`Copied as ${called}`),
      () => notice('The clipboard is closed to this page', 'bad'),
    )
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size={size} leftSection={<IconTerminal2 size={16} aria-hidden />}>
          Copy as
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copy(asCurl(issuer, operation, what), 'curl')}>curl</Menu.Item>
        {command ? <Menu.Item onClick={() => copy(command, 'command')}>command line</Menu.Item> : null}
      </Menu.Dropdown>
    </Menu>
  )
}

/** In single quotes nothing means anything to a shell but the quote itself. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

export function asCurl<Id extends OperationId>(issuer: string, operation: Id, what: Ask<Id>): string {
  const { method, path } = requestOf(operation, what)
  const parts = ['curl', ...(method === 'GET' ? [] : ['-X', method]), quoted(issuer + path)]
  parts.push('-H', '"Authorization: Bearer $CLAVIGER_TOKEN"')
  if (what.body !== undefined)
    parts.push('-H', quoted('Content-Type: application/json'), '-d', quoted(JSON.stringify(what.body)))
  return parts.join(' ')
}
