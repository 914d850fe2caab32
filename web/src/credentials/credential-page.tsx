import { Alert, Anchor, Code, Group, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { Entries } from '../activity/entries.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t, tx } from '../language/t.ts'
import type { PageParams } from '../page-params.ts'
import { Card } from '../show/page/card.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Copy } from '../show/value/copy.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { Status } from '../show/value/status.tsx'
import { type Credential, isLive, kindLabel } from '../show/value/words.ts'
import { CredentialFacts } from './credential-facts.tsx'
import { EditCredential } from './edit-credential.tsx'
import { FirstRequest } from './first-request.tsx'
import { Refusals } from './refusals.tsx'
import { Revoke } from './revoke.tsx'
import { Rotate } from './rotate.tsx'
import { RotationChain } from './rotation-chain.tsx'
import { SetEnabled } from './set-enabled.tsx'
import { UsageChart } from './usage-chart.tsx'
import { WeekChart } from './week-chart.tsx'

export default function CredentialPage({ params }: { params: PageParams }) {
  const id = params['id'] ?? ''
  const one = useAsk('getCredential', { params: { id } }, { every: 5_000 })
  return (
    <Loaded from={one} page={t('Credentials')}>
      {credential => <Detail credential={credential} />}
    </Loaded>
  )
}

const byWhom = ({ disabled_by: by }: Credential): string => {
  if (by === null) return ''
  return by.id === 'operator' ? t('the operator at the command line') : plainName(by.name ?? t('deleted user'))
}

function Detail({ credential }: { credential: Credential }) {
  const { may } = useSession()
  const { id, kind, status } = credential
  const live = isLive(status)
  const changeable = kind === 'application_token' || kind === 'api_key' || kind === 'token_pair'
  const replaceable = kind === 'application_token' || kind === 'api_key'
  return (
    <>
      <PageHead
        title={<Name text={credential.name} otherwise={t(kindLabel(kind))} />}
        tab={plainName(credential.name ?? t(kindLabel(kind)))}
        lead={
          <Group gap="sm">
            <Status of={status} />
            <span>{t(kindLabel(kind))}</span>
            <Code>{credential.hint}</Code>
          </Group>
        }
        actions={
          <>
            <Copy text={id} label={t('Copy id')} size="sm" />
            {live && changeable ? <EditCredential credential={credential} /> : null}
            {live && replaceable && credential.disabled_at === null ? <Rotate credential={credential} /> : null}
            {live && changeable ? <SetEnabled credential={credential} /> : null}
            {live ? <Revoke credential={credential} /> : null}
          </>
        }
      />
      <Stack gap="md">
        {status === 'disabled' ? (
          <Alert color="orange" title={t('Disabled')}>
            {credential.disabled_at === null
              ? t('Its owner or its application is disabled. It works again when they are enabled.')
              : t('Disabled by: {who}. When it is enabled, it works again with the same secret.', {
                  who: byWhom(credential),
                })}
          </Alert>
        ) : null}
        {live && credential.last_used_at === null && replaceable ? <FirstRequest id={id} /> : null}
        <CredentialFacts credential={credential} />
        <RotationChain credential={credential} />
        {credential.last_used_at === null ? null : (
          <>
            <UsageChart id={id} />
            <WeekChart id={id} />
          </>
        )}
        <Refusals id={id} />
        {may('listJournal') ? (
          <Card
            title={t('Activity')}
            aside={
              <Anchor component={Link} href={`/activity?credential=${id}`} size="sm">
                {t('All activity')}
              </Anchor>
            }
          >
            <Entries query={{ credential: id, limit: 8 }} every={4000} />
          </Card>
        ) : null}
        {may('explain') ? (
          <Text size="sm" c="dimmed">
            {tx('Why was a request refused? {explain} shows it, from the request id or the credential.', {
              explain: <Link href="/explain">{t('Explain')}</Link>,
            })}
          </Text>
        ) : null}
      </Stack>
    </>
  )
}
