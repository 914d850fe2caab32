import { IconX } from '@tabler/icons-react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { DirectAction } from '../show/change/direct-action.tsx'
import type { Column } from '../show/list/data-table.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { BlockButton, SUBJECTS } from './block-button.tsx'

type Block = Answer<'listRegistrationBlocks'>['items'][number]

/** Networks and hosts whose applications may not register themselves. */
export function Blocks() {
  const { may } = useSession()
  const blocks = useAsk('listRegistrationBlocks', {}, { every: 15_000 })
  return (
    <Card
      title={t('Blocked registrations')}
      lead={t('No application registers itself from these networks, or with these hosts in its addresses.')}
      aside={<BlockButton />}
    >
      <LoadedTable
        label={t('Blocked registrations')}
        from={blocks}
        nothing={t('Nothing is blocked.')}
        keyOf={({ id }) => id}
        columns={may('deleteRegistrationBlock') ? [...COLUMNS, UNBLOCK] : COLUMNS}
      />
    </Card>
  )
}

const COLUMNS: Column<Block>[] = [
  { head: t('Network or host'), lead: true, cell: ({ value }) => <Name text={value} /> },
  { head: t('Kind'), cell: ({ subject }) => SUBJECTS[subject] },
  { head: t('Reason'), cell: ({ note }) => (note === null ? '' : <Name text={note} />) },
  { head: t('Since'), cell: ({ created_at }) => <When at={created_at} /> },
]

const UNBLOCK: Column<Block> = {
  head: t('Actions'),
  align: 'right',
  cell: ({ id, value }) => (
    <DirectAction
      size="xs"
      label={t('Unblock')}
      operation="deleteRegistrationBlock"
      what={{ params: { id } }}
      done={t('{value} may register again. Disabled applications stay disabled.', { value })}
      icon={<IconX size={15} aria-hidden />}
    />
  ),
}
