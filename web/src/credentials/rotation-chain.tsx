import { Anchor, Group, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t, tx } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { Card } from '../show/page/card.tsx'
import styles from '../show/page/page.module.css'
import { Sparkline } from '../show/value/sparkline.tsx'
import { Status } from '../show/value/status.tsx'
import { When } from '../show/value/when.tsx'
import type { Credential } from '../show/value/words.ts'
import { useSparks } from './use-sparks.ts'

/**
 * The old and the new credential with their current use, so that the reader knows when the old one is no longer used.
 */
export function RotationChain({ credential }: { credential: Credential }) {
  const { may } = useSession()
  const otherId = credential.successor ?? credential.predecessor ?? ''
  const other = useAsk('getCredential', { params: { id: otherId } }, { enabled: otherId !== '', every: 5000 })
  const sparks = useSparks(other.data ? [credential, other.data] : [], 5000)
  if (otherId === '' || !other.data) return null
  const [old, fresh] = credential.successor === null ? [other.data, credential] : [credential, other.data]
  const spark = (id: string) => sparks.find(one => one.credential_id === id)
  const lastHour = spark(old.id)?.valid.at(-1) ?? 0
  return (
    <Card
      title={t('Rotation')}
      lead={
        old.status === 'rotating'
          ? t('Both secrets work until the overlap ends.')
          : t('The old secret does not work any more.')
      }
    >
      <div className={styles.columns}>
        {[
          { label: t('The old credential'), one: old },
          { label: t('The new credential'), one: fresh },
        ].map(({ label, one }) => {
          const bars = spark(one.id)
          return (
            <Stack key={one.id} gap={6}>
              <Group gap="xs">
                <Anchor component={Link} href={`/credentials/${one.id}`} fw={600}>
                  {label}
                </Anchor>
                <Status of={one.status} />
                {one.id === credential.id ? <Text size="xs">{t('(this page)')}</Text> : null}
              </Group>
              {bars ? <Sparkline valid={bars.valid} refused={bars.refused} /> : null}
              <Text size="sm" c="dimmed">
                {tx('Last used: {used}. Expires: {end}.', {
                  used: <When at={one.last_used_at} />,
                  end: <When at={one.expires_at} />,
                })}
              </Text>
            </Stack>
          )
        })}
      </div>
      {old.status === 'rotating' && may('revokeCredential') ? (
        <Group mt="sm" gap="sm">
          <RowAction
            label={t('Finish now')}
            ends="revokeCredential"
            title={t('Revoke the old credential?')}
            action={t('Revoke it')}
            counts={['credentialImpact', { params: { id: old.id } }]}
            operation="revokeCredential"
            what={{ params: { id: old.id } }}
            done={t('The old secret is revoked. The rotation is finished.')}
          />
          <Text size="sm" c="dimmed">
            {lastHour === 0
              ? t('The old secret was not used in the last hour. You can finish.')
              : t('Uses of the old secret in this hour: {count}. Such requests would be refused.', { count: lastHour })}
          </Text>
        </Group>
      ) : null}
    </Card>
  )
}
