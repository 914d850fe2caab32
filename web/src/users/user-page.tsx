import { Tabs, Text } from '@mantine/core'
import { Entries } from '../activity/entries.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { CredentialList } from '../credentials/credential-list.tsx'
import { t } from '../language/t.ts'
import type { PageParams } from '../page-params.ts'
import { SessionList } from '../sessions/session-list.tsx'
import { useFilters } from '../show/list/use-filters.ts'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { PageSkeleton } from '../show/page/skeletons.tsx'
import { ActiveBadge } from '../show/value/active-badge.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { GrantList } from './grant-list.tsx'
import { ROLES } from './roles.ts'
import { UserActions } from './user-actions.tsx'
import { UserProfile } from './user-profile.tsx'

export default function UserPage({ params }: { params: PageParams }) {
  const id = params['id'] ?? ''
  const { may } = useSession()
  const filters = useFilters(['tab'])
  const asked = useAsk('getUser', { params: { id } }, { every: 10_000 })
  return (
    <Loaded from={asked} skeleton={<PageSkeleton />}>
      {user => (
        <>
          <PageHead
            title={<Name text={user.handle} />}
            tab={plainName(user.handle)}
            lead={
              <>
                <ActiveBadge active={user.active} /> {ROLES[user.role].label}. {ROLES[user.role].says}
              </>
            }
            actions={<UserActions user={user} />}
          />
          <Tabs
            value={filters.values.tab ?? 'profile'}
            onChange={tab => filters.set('tab', tab === 'profile' ? null : tab)}
            keepMounted={false}
          >
            <Tabs.List mb="md">
              <Tabs.Tab value="profile">{t('Profile')}</Tabs.Tab>
              <Tabs.Tab value="credentials">{t('Credentials')}</Tabs.Tab>
              <Tabs.Tab value="applications">{t('Connected applications')}</Tabs.Tab>
              <Tabs.Tab value="sessions">{t('Sessions')}</Tabs.Tab>
              {may('listJournal') ? <Tabs.Tab value="activity">{t('Activity')}</Tabs.Tab> : null}
            </Tabs.List>
            <Tabs.Panel value="profile">
              <UserProfile user={user} />
            </Tabs.Panel>
            <Tabs.Panel value="credentials">
              <CredentialList
                query={{ owner: id }}
                owner={false}
                empty={
                  <Text c="dimmed">{t('This user has no tokens or keys. Create one for them under Credentials.')}</Text>
                }
              />
            </Tabs.Panel>
            <Tabs.Panel value="applications">
              <GrantList of={{ owner: id }} />
            </Tabs.Panel>
            <Tabs.Panel value="sessions">
              <SessionList owner={id} />
            </Tabs.Panel>
            <Tabs.Panel value="activity">
              <Entries query={{ owner: id, limit: 30 }} every={4000} more />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </Loaded>
  )
}
