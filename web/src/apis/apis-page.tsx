import { Badge, Code, Stack } from '@mantine/core'
import { useSearchParams } from 'wouter'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { Lead } from '../show/list/lead.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { Empty } from '../show/page/empty.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { CreateApi } from './create-api.tsx'
import { Gates } from './gates.tsx'
import { ScopeTexts } from './scope-texts.tsx'

export default function ApisPage() {
  const [search] = useSearchParams()
  const apis = useAsk('listResourceServers', {}, { every: 15_000 })
  return (
    <>
      <PageHead
        title={t('APIs and scopes')}
        lead={t('The APIs that check credentials here, the gates for proxies, and the descriptions of scopes.')}
        actions={
          <>
            <CopyAs operation="listResourceServers" />
            <CreateApi openAtFirst={search.has('new')} />
          </>
        }
      />
      <Stack gap="xl">
        <LoadedTable
          label={t('APIs')}
          from={apis}
          nothing={
            <Empty title={t('No API yet')} action={<CreateApi />}>
              {t('Register your API and add the guard to it. Then your code knows who sent each request.')}
            </Empty>
          }
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
            { head: t('Client id'), cell: ({ id }) => <Code fz={11}>{id}</Code> },
            { head: t('Tokens'), cell: ({ token_format }) => (token_format === 'jwt' ? 'JWT' : t('opaque')) },
            {
              head: t('Audience'),
              cell: ({ strict_audience }) =>
                strict_audience ? <Badge variant="light">{t('required')}</Badge> : t('not required'),
            },
            { head: t('Scopes'), cell: ({ scopes }) => <Scopes of={scopes} most={2} /> },
          ]}
        />
        <Gates />
        <ScopeTexts />
      </Stack>
    </>
  )
}
