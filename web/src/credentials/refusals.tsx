import { Link } from 'wouter'
import { Sentence } from '../activity/sentence.tsx'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { Card } from '../show/page/card.tsx'
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
      <LoadedTable
        label={t('Refused requests')}
        from={entries}
        nothing={t('No refused requests.')}
        keyOf={entry => entry.id}
        columns={[
          {
            head: t('What happened'),
            lead: true,
            prose: true,
            cell: entry => (
              <span>
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
    </Card>
  )
}
