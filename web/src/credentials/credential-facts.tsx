import { Anchor, Code, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import { plainName } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import type { Credential } from '../show/value/words.ts'
import { Belongs } from './columns.tsx'

export function CredentialFacts({ credential }: { credential: Credential }) {
  return (
    <Card title="Details">
      <Facts
        pairs
        rows={[
          credential.owner || credential.client ? ['Belongs to', <Belongs key="owner" to={credential} />] : undefined,
          ['May do', <Scopes key="scopes" of={credential.scopes} most={30} />],
          ['Expires', <When key="expires" at={credential.expires_at} />],
          [
            'Valid for',
            credential.audience.length === 0
              ? 'every API, except those that accept only credentials issued for them'
              : credential.audience.map(plainName).join(', '),
          ],
          ['Networks', credential.networks === null ? 'everywhere' : credential.networks.map(plainName).join(', ')],
          credential.note === null ? undefined : ['Note', <Note key="note" text={credential.note} />],
          Object.keys(credential.metadata).length === 0
            ? undefined
            : ['Metadata', <Metadata key="metadata" of={credential.metadata} />],
          ['Created', <When key="made" at={credential.created_at} />],
          ['Last used', <When key="used" at={credential.last_used_at} />],
          ['Id', <Code key="id">{credential.id}</Code>],
          credential.disabled_at === null
            ? undefined
            : ['Disabled', <When key="disabled" at={credential.disabled_at} />],
          credential.revoked_at === null
            ? undefined
            : [
                'Revoked',
                <Text key="revoked" span c="var(--mantine-color-error)" size="sm">
                  <When at={credential.revoked_at} />
                </Text>,
              ],
          credential.grant_id === null
            ? undefined
            : [
                'Grant',
                <Anchor key="grant" component={Link} href={`/credentials?grant=${credential.grant_id}`} size="sm">
                  everything of the same grant
                </Anchor>,
              ],
        ]}
      />
    </Card>
  )
}

const Note = ({ text }: { text: string }) => (
  <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
    {text.split('\n').map(plainName).join('\n')}
  </Text>
)

const Metadata = ({ of }: { of: Credential['metadata'] }) => (
  <Stack gap={2}>
    {Object.entries(of).map(([name, value]) => (
      <Text key={name} size="sm" style={{ overflowWrap: 'anywhere' }}>
        <Code>{name}</Code> {plainName(value)}
      </Text>
    ))}
  </Stack>
)
