import { Text } from '@mantine/core'
import { Entries } from '../activity/entries.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { CredentialList } from '../credentials/credential-list.tsx'
import { t } from '../language/t.ts'
import type { PageParams } from '../page-params.ts'
import { SessionList } from '../sessions/session-list.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { PageTabs } from '../show/page/page-tabs.tsx'
import { ActiveBadge } from '../show/value/active-badge.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { GrantList } from './grant-list.tsx'
import { ROLES } from './roles.ts'
import { UserActions } from './user-actions.tsx'
import { UserProfile } from './user-profile.tsx'

export default function UserPage({ params }: { params: PageParams }) {
  const id = params['id'] ?? ''
  const { may } = useSession()
  const asked = useAsk('getUser', { params: { id } }, { every: 10_000 })
  return (
    <Loaded from={asked} page={t('Users')}>
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
          <PageTabs
            tabs={[
              { value: 'profile', label: t('Profile'), panel: <UserProfile user={user} /> },
              {
                value: 'credentials',
                label: t('Credentials'),
                panel: (
                  <CredentialList
                    query={{ owner: id }}
                    owner={false}
                    empty={
                      <Text c="dimmed">
                        {t('This user has no tokens or keys. Create one for them under Credentials.')}
                      </Text>
                    }
                  />
                ),
              },
              { value: 'applications', label: t('Connected applications'), panel: <GrantList of={{ owner: id }} /> },
              { value: 'sessions', label: t('Sessions'), panel: <SessionList owner={id} /> },
              may('listJournal') && {
                value: 'activity',
                label: t('Activity'),
                panel: <Entries query={{ owner: id, limit: 30 }} every={4000} more />,
              },
            ]}
          />
        </>
      )}
    </Loaded>
  )
}
