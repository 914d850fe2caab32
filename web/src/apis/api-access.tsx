import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { ApplicationName } from '../applications/application-name.tsx'
import { CredentialList } from '../credentials/credential-list.tsx'
import { t } from '../language/t.ts'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { Card } from '../show/page/card.tsx'
import { ActiveBadge } from '../show/value/active-badge.tsx'
import { Name } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import type { Api } from './api-fields.tsx'

/** Applications that may request scopes of the API, and the keys and tokens with these scopes. */
export function ApiAccess({ api }: { api: Api }) {
  const { may } = useSession()
  const applications = useAsk(
    'listClients',
    { query: { api: api.id, limit: 50 } },
    { enabled: may('listClients') && api.scopes.length > 0 },
  )
  return (
    <Stack gap="xl">
      {api.scopes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {api.strict_audience
            ? t('This API declares no scopes, so it accepts every application and credential that names it.')
            : t('This API declares no scopes, so it accepts every application and credential.')}
        </Text>
      ) : (
        <Card
          title={t('Applications')}
          lead={t('They can request at least one scope of this API.')}
          aside={
            <Anchor component={Link} href={`/applications?api=${encodeURIComponent(api.id)}`} size="sm">
              {t('All applications')}
            </Anchor>
          }
        >
          <LoadedTable
            label={t('Applications')}
            from={applications}
            nothing={t('No application is registered for a scope of this API.')}
            keyOf={({ id }) => id}
            columns={[
              {
                head: t('Name'),
                lead: true,
                cell: one => (
                  <ApplicationName of={one}>
                    {one.owner ? <Name text={one.owner.name} otherwise={t('deleted user')} /> : t('no owner')}
                  </ApplicationName>
                ),
              },
              { head: t('Status'), cell: ({ active }) => <ActiveBadge active={active} /> },
              { head: t('Scopes'), cell: ({ scopes }) => <Scopes of={scopes} /> },
            ]}
          />
        </Card>
      )}
      <Card
        title={t('Keys and tokens that people made')}
        lead={t('They have a scope of this API, or all permissions of their owner.')}
        aside={
          <Anchor component={Link} href={`/credentials?api=${encodeURIComponent(api.id)}`} size="sm">
            {t('All credentials')}
          </Anchor>
        }
      >
        <CredentialList
          query={{ api: api.id, kind: 'api_key,application_token,token_pair', status: 'active' }}
          empty={
            <Text size="sm" c="dimmed">
              {t('No active key or token gives access to this API.')}
            </Text>
          }
        />
      </Card>
    </Stack>
  )
}
