import { Badge, Code, Group } from '@mantine/core'
import { Entries } from '../activity/entries.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import type { PageParams } from '../page-params.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { PageTabs } from '../show/page/page-tabs.tsx'
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
  const asked = useAsk('getResourceServer', { params: { id } }, { every: 10_000 })
  return (
    <Loaded from={asked} page={t('APIs and scopes')}>
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
          <PageTabs
            tabs={[
              { value: 'scopes', label: t('Scopes'), panel: <ApiScopes api={api} /> },
              { value: 'access', label: t('Who has access'), panel: <ApiAccess api={api} /> },
              may('listJournal') && {
                value: 'refused',
                label: t('Refused requests'),
                panel: (
                  <Entries
                    query={{ api: api.id, event: 'refused', limit: 30 }}
                    every={4000}
                    more
                    empty={t('No refused requests.')}
                  />
                ),
              },
              { value: 'settings', label: t('Settings'), panel: <ApiSettings key={api.id} api={api} /> },
              may('listJournal') && {
                value: 'activity',
                label: t('Activity'),
                panel: <Entries query={{ api: api.id, limit: 30 }} every={4000} more />,
              },
            ]}
          />
        </>
      )}
    </Loaded>
  )
}
