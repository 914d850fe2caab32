import { Badge, Button, Code, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useSearchParams } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { DataTable } from '../show/list/data-table.tsx'
import { Lead } from '../show/list/lead.tsx'
import { Empty } from '../show/page/empty.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { CreateApi } from './create-api.tsx'
import { Gates } from './gates.tsx'
import { ScopeTexts } from './scope-texts.tsx'

export default function ApisPage() {
  const { may } = useSession()
  const [search] = useSearchParams()
  const [open, { open: show, close }] = useDisclosure(search.has('new') && may('createResourceServer'))
  const apis = useAsk('listResourceServers', {}, { every: 15_000 })
  const create = may('createResourceServer') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={show}>
      Register an API
    </Button>
  ) : null
  return (
    <>
      <PageHead
        title="APIs and scopes"
        lead="The APIs that check credentials here, the gates for proxies, and the descriptions of scopes."
        actions={
          <>
            <CopyAs operation="listResourceServers" />
            {create}
          </>
        }
      />
      <Stack gap="xl">
        <Loaded from={apis}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No API yet" action={create}>
                Register your API and add the guard to it. Then your code knows who sent each request.
              </Empty>
            ) : (
              <DataTable
                label="APIs"
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  {
                    head: 'API',
                    lead: true,
                    cell: api => (
                      <Lead href={`/apis/${encodeURIComponent(api.id)}`} beside={plainName(api.audience)}>
                        <Name text={api.name} />
                      </Lead>
                    ),
                  },
                  { head: 'Client id', cell: ({ id }) => <Code fz={11}>{id}</Code> },
                  { head: 'Tokens', cell: ({ token_format }) => (token_format === 'jwt' ? 'JWT' : 'opaque') },
                  {
                    head: 'Audience',
                    cell: ({ strict_audience }) =>
                      strict_audience ? <Badge variant="light">required</Badge> : 'not required',
                  },
                  { head: 'Scopes', cell: ({ scopes }) => <Scopes of={scopes} most={2} /> },
                ]}
              />
            )
          }
        </Loaded>
        <Gates />
        <ScopeTexts />
      </Stack>
      <CreateApi open={open} onClose={close} />
    </>
  )
}
