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
  const { owner, client, scopes, audience, networks, note, metadata, disabled_at, revoked_at, grant_id } = credential
  return (
    <Card title={t('Details')}>
      <Facts
        pairs
        rows={[
          [t('Belongs to'), owner || client ? <Belongs key="owner" to={credential} /> : null],
          [t('May do'), <Scopes key="scopes" of={scopes} most={30} />],
          [t('Expires'), <When key="expires" at={credential.expires_at} />],
          [
            t('Valid for'),
            audience.map(plainName).join(', ') ||
              t('every API, except those that accept only credentials issued for them'),
          ],
          [t('Networks'), networks === null ? t('everywhere') : networks.map(plainName).join(', ')],
          [t('Note'), note === null ? null : <Note key="note" text={note} />],
          [t('Metadata'), Object.keys(metadata).length > 0 ? <Metadata key="metadata" of={metadata} /> : null],
          [t('Created'), <When key="made" at={credential.created_at} />],
          [t('Last used'), <When key="used" at={credential.last_used_at} />],
          [t('Credential id'), <Code key="id">{credential.id}</Code>],
          [t('Disabled'), disabled_at === null ? null : <When key="disabled" at={disabled_at} />],
          [
            t('Revoked'),
            revoked_at === null ? null : (
              <Text key="revoked" span c="var(--mantine-color-error)" size="sm">
                <When at={revoked_at} />
              </Text>
            ),
          ],
          [
            t('Grant'),
            grant_id === null ? null : (
              <Anchor key="grant" component={Link} href={`/credentials?grant=${grant_id}`} size="sm">
                {t('everything of the same grant')}
              </Anchor>
            ),
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
