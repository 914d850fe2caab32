import { Badge, Code, Group, Tabs } from '@mantine/core'
import { Entries } from '../activity/entries.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import type { PageParams } from '../page-params.ts'
import { useFilters } from '../show/list/use-filters.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { PageSkeleton } from '../show/page/skeletons.tsx'
import { Copy } from '../show/value/copy.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { ApiAccess } from './api-access.tsx'
import { ApiScopes } from './api-scopes.tsx'
import { ApiSettings } from './api-settings.tsx'
import { DeleteApi } from './delete-api.tsx'

/** One API: its data and scopes, the credentials for it, and its refusals. */
export default function ApiPage({ params }: { params: PageParams }) {
  const id = params['id'] ?? ''
  const { may } = useSession()
  const filters = useFilters(['tab'])
  const asked = useAsk('getResourceServer', { params: { id } }, { every: 10_000 })
  return (
    <Loaded from={asked} skeleton={<PageSkeleton />}>
      {api => (
        <>
          <PageHead
            title={<Name text={api.name} />}
            tab={plainName(api.name)}
            lead={
              <Group gap="sm">
                <Code>{plainName(api.audience)}</Code>
                <Badge variant="light" color="gray">
                  {api.token_format === 'jwt' ? t('JWT access tokens') : t('opaque access tokens')}
                </Badge>
                {api.strict_audience ? <Badge variant="light">{t('audience required')}</Badge> : null}
              </Group>
            }
            actions={
              <>
                <Copy text={api.id} label={t('Copy client id')} size="sm" />
                <DeleteApi api={api} />
              </>
            }
          />
          <Tabs
            value={filters.values.tab ?? 'scopes'}
            onChange={tab => filters.set('tab', tab === 'scopes' ? null : tab)}
            keepMounted={false}
          >
            <Tabs.List mb="md">
              <Tabs.Tab value="scopes">{t('Scopes')}</Tabs.Tab>
              <Tabs.Tab value="access">{t('Who has access')}</Tabs.Tab>
              {may('listJournal') ? <Tabs.Tab value="refused">{t('Refused requests')}</Tabs.Tab> : null}
              <Tabs.Tab value="settings">{t('Settings')}</Tabs.Tab>
              {may('listJournal') ? <Tabs.Tab value="activity">{t('Activity')}</Tabs.Tab> : null}
            </Tabs.List>
            <Tabs.Panel value="scopes">
              <ApiScopes api={api} />
            </Tabs.Panel>
            <Tabs.Panel value="access">
              <ApiAccess api={api} />
            </Tabs.Panel>
            <Tabs.Panel value="refused">
              <Entries
                query={{ api: api.id, event: 'refused', limit: 30 }}
                every={4000}
                more
                empty={t('No refused requests.')}
              />
            </Tabs.Panel>
            <Tabs.Panel value="settings">
              <ApiSettings key={api.id} api={api} />
            </Tabs.Panel>
            <Tabs.Panel value="activity">
              <Entries query={{ api: api.id, limit: 30 }} every={4000} more />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </Loaded>
  )
}
