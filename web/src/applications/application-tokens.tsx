import { Stack, Text } from '@mantine/core'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { CredentialList } from '../credentials/credential-list.tsx'
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
      <Card title="Access tokens issued">
        <Facts
          rows={[
            ['Given out', client.tokens_issued.toLocaleString('en')],
            ['Last used', <When key="used" at={client.last_used_at} />],
            ['Accepted from', <Networks key="from" of={networks.data?.items.map(({ network }) => network) ?? []} />],
          ]}
        />
      </Card>
      {may('listGrants') ? (
        <Card title="Allowed by users">
          <GrantList of={{ client: client.id }} />
        </Card>
      ) : null}
      <Card
        title="Stored tokens"
        lead="Access tokens that contain all their data (JWT) are not stored, so they are not listed."
      >
        <CredentialList
          query={{ client: client.id, kind: 'access_token,refresh_token' }}
          empty={<Text c="dimmed">No stored tokens.</Text>}
        />
      </Card>
    </Stack>
  )
}
