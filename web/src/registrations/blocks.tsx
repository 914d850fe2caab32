import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconX } from '@tabler/icons-react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { DirectAction } from '../show/change/direct-action.tsx'
import { type Column, DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { BlockDialog } from './block-dialog.tsx'

type Block = Answer<'listRegistrationBlocks'>['items'][number]

/** Networks and hosts whose applications may not register themselves. */
export function Blocks() {
  const { may } = useSession()
  const [open, { open: show, close }] = useDisclosure(false)
  const blocks = useAsk('listRegistrationBlocks', {}, { every: 15_000 })
  const columns = may('deleteRegistrationBlock') ? [...COLUMNS, UNBLOCK] : COLUMNS
  return (
    <Card
      title="Blocked"
      lead="No application registers itself from these networks, or with these hosts in its addresses."
      aside={
        may('createRegistrationBlock') ? (
          <Button size="xs" variant="default" leftSection={<IconBan size={15} aria-hidden />} onClick={show}>
            Block
          </Button>
        ) : null
      }
    >
      <Loaded from={blocks}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">Nothing is blocked.</Text>
          ) : (
            <DataTable label="Blocked" rows={items} keyOf={({ id }) => id} columns={columns} />
          )
        }
      </Loaded>
      {open ? <BlockDialog open onClose={close} /> : null}
    </Card>
  )
}

const COLUMNS: Column<Block>[] = [
  { head: 'What', lead: true, cell: ({ value }) => <Name text={value} /> },
  { head: 'Kind', cell: ({ subject }) => subject },
  { head: 'Why', cell: ({ note }) => (note === null ? '' : <Name text={note} />) },
  { head: 'Since', cell: ({ created_at }) => <When at={created_at} /> },
]

const UNBLOCK: Column<Block> = { head: 'Change', align: 'right', cell: block => <Unblock block={block} /> }

function Unblock({ block: { id, value } }: { block: Block }) {
  const remove = useChange('deleteRegistrationBlock')
  const what = { params: { id } }
  return (
    <Group justify="flex-end">
      <DirectAction
        size="xs"
        label="Unblock"
        operation="deleteRegistrationBlock"
        what={what}
        run={() => remove.mutateAsync(what)}
        done={`${value} may register again. What was disabled stays so.`}
        icon={<IconX size={15} aria-hidden />}
      />
    </Group>
  )
}
