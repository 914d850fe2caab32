import { Group, Stack, Text } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange, usePages } from '../api/use-ask.ts'
import { Ending } from '../show/change/ending.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import type { Column } from '../show/list/data-table.tsx'
import { Lead } from '../show/list/lead.tsx'
import { ListView } from '../show/list/list-view.tsx'
import { Empty } from '../show/page/empty.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { type ClientDocument, DocumentState } from './document-state.tsx'
import { RefreshDocument } from './refresh-document.tsx'

/** Applications that name themselves by the address of their metadata document, and what became of each document. */
export default function ClientDocumentsPage() {
  const { may } = useSession()
  const list = usePages('listClientDocuments', { query: {} }, { every: 15_000 })
  const decide: Column<ClientDocument> = {
    head: 'Do',
    align: 'right',
    cell: ({ client, active }) => (
      <Group gap="xs" justify="flex-end" wrap="nowrap">
        <RefreshDocument id={client.id} size="xs" />
        {active ? <BlockClient of={client} /> : null}
      </Group>
    ),
  }
  return (
    <>
      <PageHead
        title="Client documents"
        lead="Applications that identify themselves by the address of a metadata document. The host of the address is the publisher."
        actions={<CopyAs operation="listClientDocuments" what={{ query: {} }} />}
      />
      <ListView
        label="Client documents"
        noun="application"
        list={list}
        columns={may('changeClient') ? [...COLUMNS, decide] : COLUMNS}
        keyOf={({ client }) => client.id}
        nothing={
          <Empty title="No documents yet">
            Such an application appears here after its first request. CLAVIGER_CLIENT_DOCUMENTS sets which hosts may
            publish documents.
          </Empty>
        }
      />
    </>
  )
}

function BlockClient({ of: { id, name } }: { of: ClientDocument['client'] }) {
  const change = useChange('changeClient')
  const block = { params: { id }, body: { active: false } }
  return (
    <RowAction
      ends="blockClient"
      icon={<IconBan size={15} aria-hidden />}
      title={`Block ${name ?? id}?`}
      says={<BlockImpact id={id} />}
      operation="changeClient"
      what={block}
      run={() => change.mutateAsync(block)}
      done="Blocked. Nothing of it works any more."
    />
  )
}

/** Loads the counts when the dialog opens. */
function BlockImpact({ id }: { id: string }) {
  return <Ending act="blockClient" of={useAsk('clientImpact', { params: { id } })} />
}

const COLUMNS: Column<ClientDocument>[] = [
  {
    head: 'Name',
    lead: true,
    cell: ({ client, host }) => (
      <Lead href={`/applications/${encodeURIComponent(client.id)}?tab=document`} beside={host}>
        <Name text={client.name} />
      </Lead>
    ),
  },
  { head: 'State', cell: document => <DocumentState of={document} /> },
  {
    head: 'Sends people to',
    cell: ({ redirect_uris: uris }) => (
      <Stack gap={2} miw={0} style={{ overflowWrap: 'anywhere' }}>
        {uris.slice(0, 3).map(uri => (
          <Name key={uri} text={uri} />
        ))}
        {uris.length > 3 ? <Text size="xs">and {uris.length - 3} more</Text> : null}
      </Stack>
    ),
  },
  { head: 'Read', cell: ({ read_at }) => <When at={read_at} /> },
]
