import { Code, Group, Tabs } from '@mantine/core'
import { Entries } from '../activity/entries.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import type { PageParams } from '../page-params.ts'
import { useFilters } from '../show/list/use-filters.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { PageSkeleton } from '../show/page/skeletons.tsx'
import { ActiveBadge } from '../show/value/active-badge.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { ApplicationActions } from './application-actions.tsx'
import { ApplicationDocument } from './application-document.tsx'
import { ApplicationSettings } from './application-settings.tsx'
import { ApplicationTokens } from './application-tokens.tsx'
import { Secrets } from './secrets.tsx'
import { TYPES } from './words.ts'

export default function ApplicationPage({ params }: { params: PageParams }) {
  const id = params['id'] ?? ''
  const { may } = useSession()
  const filters = useFilters(['tab'])
  const asked = useAsk('getClient', { params: { id } }, { every: 10_000 })
  return (
    <Loaded from={asked} skeleton={<PageSkeleton />}>
      {client => (
        <>
          <PageHead
            title={<Name text={client.name} />}
            tab={plainName(client.name)}
            lead={
              <Group gap="sm">
                <ActiveBadge active={client.active} />
                <span>{TYPES[client.type]}</span>
                <Code>{client.id}</Code>
              </Group>
            }
            actions={<ApplicationActions client={client} />}
          />
          <Tabs
            value={filters.values.tab ?? 'settings'}
            onChange={tab => filters.set('tab', tab === 'settings' ? null : tab)}
            keepMounted={false}
          >
            <Tabs.List mb="md">
              <Tabs.Tab value="settings">{t('Settings')}</Tabs.Tab>
              {client.source === 'document' && may('getClientDocument') ? (
                <Tabs.Tab value="document">{t('Document')}</Tabs.Tab>
              ) : null}
              {client.type === 'confidential' && client.source !== 'document' ? (
                <Tabs.Tab value="secrets">{t('Secrets')}</Tabs.Tab>
              ) : null}
              <Tabs.Tab value="tokens">{t('Tokens')}</Tabs.Tab>
              {may('listJournal') ? <Tabs.Tab value="activity">{t('Activity')}</Tabs.Tab> : null}
            </Tabs.List>
            <Tabs.Panel value="settings">
              <ApplicationSettings key={client.id} client={client} />
            </Tabs.Panel>
            <Tabs.Panel value="document">
              <ApplicationDocument id={client.id} />
            </Tabs.Panel>
            <Tabs.Panel value="secrets">
              <Secrets client={client} />
            </Tabs.Panel>
            <Tabs.Panel value="tokens">
              <ApplicationTokens client={client} />
            </Tabs.Panel>
            <Tabs.Panel value="activity">
              <Entries query={{ client: id, limit: 30 }} every={4000} more />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </Loaded>
  )
}
