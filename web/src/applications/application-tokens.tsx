import { Stack, Text } from '@mantine/core'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { CredentialList } from '../credentials/credential-list.tsx'
import { inDigits, t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import { Networks } from '../show/value/networks.tsx'
import { When } from '../show/value/when.tsx'
import { GrantList } from '../users/grant-list.tsx'
import type { Client } from './words.ts'

/** Tokens of the application: counts of all, grants of users, and stored tokens. */
export function ApplicationTokens({ client }: { client: Client }) {
  const { may } = useSession()
  const networks = useAsk('readNetworks', { query: { client: client.id } }, { every: 30_000 })
  return (
    <Stack gap="md">
      <Card title={t('Access tokens')}>
        <Facts
          rows={[
            [t('Issued'), inDigits(client.tokens_issued)],
            [t('Last used'), <When key="used" at={client.last_used_at} />],
            [t('Accepted from'), <Networks key="from" of={networks.data?.items.map(({ network }) => network) ?? []} />],
          ]}
        />
      </Card>
      {may('listGrants') ? (
        <Card title={t('Access allowed by users')}>
          <GrantList of={{ client: client.id }} />
        </Card>
      ) : null}
      <Card
        title={t('Stored tokens')}
        lead={t('Access tokens that contain all their data (JWT) are not stored, so they are not listed.')}
      >
        <CredentialList
          query={{ client: client.id, kind: 'access_token,refresh_token' }}
          empty={<Text c="dimmed">{t('No stored tokens.')}</Text>}
        />
      </Card>
    </Stack>
  )
}
