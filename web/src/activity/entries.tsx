import { Button, Group, Text } from '@mantine/core'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { usePages } from '../api/use-ask.ts'
import { Loaded } from '../show/loaded.tsx'
import styles from './activity.module.css'
import { EntryRow } from './entry-row.tsx'

/** The journal, newest first. `every` follows it live. */
export function Entries({
  query,
  every,
  more = false,
  empty = 'Nothing has happened yet.',
}: {
  query: Query<'listJournal'>
  every?: number
  more?: boolean
  empty?: string
}) {
  const list = usePages('listJournal', { query }, every ? { every } : {})
  return (
    <Loaded from={{ ...list, data: list.items }}>
      {items =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            {empty}
          </Text>
        ) : (
          <>
            <ol className={styles.stream} aria-live={every ? 'off' : undefined}>
              {items.map(entry => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </ol>
            {more && list.hasNextPage ? (
              <Group justify="center" mt="md">
                <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              </Group>
            ) : null}
          </>
        )
      }
    </Loaded>
  )
}
