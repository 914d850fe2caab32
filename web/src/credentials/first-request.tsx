import { Alert, Anchor } from '@mantine/core'
import { IconCircleCheck, IconClock } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useAsk } from '../api/use-ask.ts'
import { t, tx } from '../language/t.ts'
import { When } from '../show/value/when.tsx'

/** Polls for the first use of the credential, and shows when it has happened. */
export function FirstRequest({ id }: { id: string }) {
  const one = useAsk('getCredential', { params: { id } }, { every: 1500 })
  const used = one.data?.last_used_at ?? null
  return used === null ? (
    <Alert role="status" variant="default" icon={<IconClock aria-hidden />}>
      {t('Waiting for the first request …')}
    </Alert>
  ) : (
    <Alert role="status" icon={<IconCircleCheck aria-hidden />}>
      {tx('First request received {when}.', { when: <When at={used} /> })}{' '}
      <Anchor component={Link} href={`/activity?credential=${id}`} inherit>
        {t('Activity')}
      </Anchor>
    </Alert>
  )
}
