import { Group, Stack, Text } from '@mantine/core'
import { useSession } from '../api/session.tsx'
import { usePages } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import type { Column } from '../show/list/data-table.tsx'
import { Lead } from '../show/list/lead.tsx'
import { ListView } from '../show/list/list-view.tsx'
import { Empty } from '../show/page/empty.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { hrefOf } from '../show/value/href-of.ts'
import { Address, Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { type ClientDocument, DocumentState } from './document-state.tsx'
import { RefreshDocument } from './refresh-document.tsx'
import { StopApplication } from './stop-application.tsx'

/** Applications whose id is the address of their metadata document, and the state of each document. */
export default function ClientDocumentsPage() {
  const { may } = useSession()
  const list = usePages('listClientDocuments', { query: {} }, { every: 15_000 })
  return (
    <>
      <PageHead
        title={t('Client documents')}
        lead={t(
          'Applications that identify themselves by the address of a metadata document. The host of the address is the publisher.',
        )}
        actions={<CopyAs operation="listClientDocuments" what={{ query: {} }} />}
      />
      <ListView
        label={t('Client documents')}
        noun="application"
        list={list}
        columns={may('changeClient') ? [...COLUMNS, ACTIONS] : COLUMNS}
        keyOf={({ client }) => client.id}
        nothing={
          <Empty title={t('No documents yet')}>
            {t(
              'An application appears here after its first request. The setting {setting} says which hosts may publish documents.',
              { setting: 'CLAVIGER_CLIENT_DOCUMENTS' },
            )}
          </Empty>
        }
      />
    </>
  )
}

const COLUMNS: Column<ClientDocument>[] = [
  {
    head: t('Name'),
    lead: true,
    cell: ({ client, host }) => (
      <Lead href={`${hrefOf('client', client.id)}?tab=document`} beside={host}>
        <Name text={client.name} />
      </Lead>
    ),
  },
  { head: t('State'), cell: document => <DocumentState of={document} /> },
  {
    head: t('Redirect addresses'),
    prose: true,
    cell: ({ redirect_uris: uris }) => (
      <Stack gap={2} miw={0}>
        {uris.slice(0, 3).map(uri => (
          <Address key={uri} of={uri} />
        ))}
        {uris.length > 3 ? <Text size="xs">{t('and {count} more', { count: uris.length - 3 })}</Text> : null}
      </Stack>
    ),
  },
  { head: t('Read'), cell: ({ read_at }) => <When at={read_at} /> },
]

const ACTIONS: Column<ClientDocument> = {
  head: t('Actions'),
  align: 'right',
  cell: ({ client, active }) => (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <RefreshDocument id={client.id} size="xs" />
      {active ? <StopApplication of={client} ends="blockClient" /> : null}
    </Group>
  ),
}
