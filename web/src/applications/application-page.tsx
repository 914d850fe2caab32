import { Code, Group } from '@mantine/core'
import { Entries } from '../activity/entries.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import type { PageParams } from '../page-params.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { PageTabs } from '../show/page/page-tabs.tsx'
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
  const asked = useAsk('getClient', { params: { id } }, { every: 10_000 })
  return (
    <Loaded from={asked} page={t('Applications')}>
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
          <PageTabs
            tabs={[
              {
                value: 'settings',
                label: t('Settings'),
                panel: <ApplicationSettings key={client.id} client={client} />,
              },
              client.source === 'document' &&
                may('getClientDocument') && {
                  value: 'document',
                  label: t('Document'),
                  panel: <ApplicationDocument id={client.id} />,
                },
              client.source !== 'document' &&
                client.type === 'confidential' && {
                  value: 'secrets',
                  label: t('Secrets'),
                  panel: <Secrets client={client} />,
                },
              { value: 'tokens', label: t('Tokens'), panel: <ApplicationTokens client={client} /> },
              may('listJournal') && {
                value: 'activity',
                label: t('Activity'),
                panel: <Entries query={{ client: id, limit: 30 }} every={4000} more />,
              },
            ]}
          />
        </>
      )}
    </Loaded>
  )
}
