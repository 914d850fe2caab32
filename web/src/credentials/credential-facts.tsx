import { Anchor, Code, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import { plainName } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import type { Credential } from '../show/value/words.ts'
import { Belongs } from './columns.tsx'

export function CredentialFacts({ credential }: { credential: Credential }) {
  return (
    <Card title={t('Details')}>
      <Facts
        pairs
        rows={[
          credential.owner || credential.client
            ? [t('Belongs to'), <Belongs key="owner" to={credential} />]
            : undefined,
          [t('May do'), <Scopes key="scopes" of={credential.scopes} most={30} />],
          [t('Expires'), <When key="expires" at={credential.expires_at} />],
          [
            t('Valid for'),
            credential.audience.length === 0
              ? t('every API, except those that accept only credentials issued for them')
              : credential.audience.map(plainName).join(', '),
          ],
          [
            t('Networks'),
            credential.networks === null ? t('everywhere') : credential.networks.map(plainName).join(', '),
          ],
          credential.note === null ? undefined : [t('Note'), <Note key="note" text={credential.note} />],
          Object.keys(credential.metadata).length === 0
            ? undefined
            : [t('Metadata'), <Metadata key="metadata" of={credential.metadata} />],
          [t('Created'), <When key="made" at={credential.created_at} />],
          [t('Last used'), <When key="used" at={credential.last_used_at} />],
          [t('Credential id'), <Code key="id">{credential.id}</Code>],
          credential.disabled_at === null
            ? undefined
            : [t('Disabled'), <When key="disabled" at={credential.disabled_at} />],
          credential.revoked_at === null
            ? undefined
            : [
                t('Revoked'),
                <Text key="revoked" span c="var(--mantine-color-error)" size="sm">
                  <When at={credential.revoked_at} />
                </Text>,
              ],
          credential.grant_id === null
            ? undefined
            : [
                t('Grant'),
                <Anchor key="grant" component={Link} href={`/credentials?grant=${credential.grant_id}`} size="sm">
                  {t('everything of the same grant')}
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
