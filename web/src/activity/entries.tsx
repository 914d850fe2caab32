import { Button, Group, Text } from '@mantine/core'
import { useEffect } from 'react'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { usePages } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { ShowMore } from '../show/list/show-more.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import styles from './activity.module.css'
import { EntryRow } from './entry-row.tsx'

/**
 * The number of pages loaded automatically while no entry matches. Each page covers 100,000 entries. Further pages need
 * a click.
 */
const MOST_LOOKED = { live: 2, still: 30 }

/** Shows the journal, newest first. `every` polls for new entries. */
export function Entries({
  query,
  every,
  more = false,
  empty = t('Nothing has happened yet.'),
}: {
  query: Query<'listJournal'>
  every?: number
  more?: boolean
  empty?: string
}) {
  const list = usePages('listJournal', { query }, every ? { every } : {})
  const looked = list.data?.pages.length ?? 0
  const further = list.items?.length === 0 && list.hasNextPage
  const looking = further && looked < (every ? MOST_LOOKED.live : MOST_LOOKED.still)
  const { isFetching, fetchNextPage } = list
  useEffect(() => {
    if (looking && !isFetching) void fetchNextPage()
  }, [looking, isFetching, fetchNextPage])
  return (
    <Loaded from={{ ...list, data: list.items }}>
      {items =>
        items.length === 0 ? (
          <Group gap="sm">
            <Text size="sm" c="dimmed" role="status">
              {looking ? t('Searching older entries …') : further ? t('No match among the newest.') : empty}
            </Text>
            {further && !looking ? (
              <Button variant="default" size="xs" onClick={() => void fetchNextPage()}>
                {t('Search older entries')}
              </Button>
            ) : null}
          </Group>
        ) : (
          <>
            <ol className={styles.stream} aria-live={every ? 'off' : undefined}>
              {items.map(entry => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </ol>
            {more ? <ShowMore of={list} /> : null}
          </>
        )
      }
    </Loaded>
  )
}
