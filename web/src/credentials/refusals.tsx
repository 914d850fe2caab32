import { Text } from '@mantine/core'
import { Link } from 'wouter'
import { Sentence } from '../activity/sentence.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import styles from '../show/page/page.module.css'
import { When } from '../show/value/when.tsx'

/** Refusals of the credential with their reasons, newest first. */
export function Refusals({ id }: { id: string }) {
  const { may } = useSession()
  const entries = useAsk(
    'listJournal',
    { query: { credential: id, event: 'refused', limit: 8 } },
    { every: 4000, enabled: may('listJournal') },
  )
  if (!may('listJournal')) return null
  return (
    <Card title={t('Refused requests')}>
      <Loaded from={entries}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('No refused requests.')}
            </Text>
          ) : (
            <DataTable
              label={t('Refused requests')}
              rows={items}
              keyOf={entry => entry.id}
              columns={[
                {
                  head: t('What happened'),
                  lead: true,
                  prose: true,
                  cell: entry => (
                    <span className={styles.sentence}>
                      <Sentence entry={entry} />
                    </span>
                  ),
                },
                { head: t('When'), cell: entry => <When at={entry.at} /> },
                { head: t('From'), cell: entry => entry.ip ?? t('unknown') },
                {
                  head: t('Request'),
                  cell: entry =>
                    entry.request_id ? (
                      <Link href={`/explain?request=${encodeURIComponent(entry.request_id)}`}>{t('Explain')}</Link>
                    ) : null,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  )
}
