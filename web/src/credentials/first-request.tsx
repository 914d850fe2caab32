import { Anchor } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useAsk } from '../api/use-ask.ts'
import { t, tx } from '../language/t.ts'
import { When } from '../show/value/when.tsx'
import styles from './credentials.module.css'

/** Polls for the first use of the credential, and shows when it has happened. */
export function FirstRequest({ id }: { id: string }) {
  const one = useAsk('getCredential', { params: { id } }, { every: 1500 })
  const used = one.data?.last_used_at ?? null
  return (
    <div className={styles.waiting} role="status" data-arrived={used !== null}>
      {used === null ? (
        <>
          <span className={styles.pulse} aria-hidden />
          {t('Waiting for the first request …')}
        </>
      ) : (
        <>
          <IconCircleCheck size={18} aria-hidden />
          <span>
            {tx('First request received {when}.', { when: <When at={used} /> })}{' '}
            <Anchor component={Link} href={`/activity?credential=${id}`} inherit>
              {t('Activity')}
            </Anchor>
          </span>
        </>
      )}
    </div>
  )
}
