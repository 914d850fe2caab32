import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Answer } from '../../../../src/wire/admin/contract.ts'
import { counted } from '../../language/t.ts'
import { Empty } from '../page/empty.tsx'
import { Loaded } from '../page/loaded.tsx'
import { ColumnChoice, useColumns } from './column-choice.tsx'
import { type Column, DataTable, type Selection, type Sorting } from './data-table.tsx'
import { SavedViews } from './saved-views.tsx'

/** The result of `usePages`. */
export type List<Row> = {
  items: readonly Row[] | undefined
  error: unknown
  isPending: boolean
  refetch(): unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): unknown
}
type Filters = { any: boolean; query: string; clear(): void }

/**
 * Every list of the console: count, saved views, columns, table, and the text for an empty list. If none of the newest
 * items match, older pages may contain matches.
 */
export function ListView<Row>({
  label,
  noun,
  list,
  columns,
  keyOf,
  filters,
  views,
  nothing,
  selection,
  sort,
  picked,
}: {
  label: string
  noun: string
  list: List<Row>
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  filters?: Filters
  /** The page under which filters can be saved. */
  views?: Answer<'putView'>['page']
  /** Shown if the list is empty, with or without filters. */
  nothing: ReactNode
  selection?: Selection<Row> | undefined
  sort?: Sorting | undefined
  /** Actions for the selected rows. */
  picked?: ReactNode
}) {
  const { shown, hidden, toggle } = useColumns(label.toLowerCase(), columns)
  const more = { hasMore: list.hasNextPage, busy: list.isFetchingNextPage, load: () => void list.fetchNextPage() }
  const tools = (
    <Group gap="xs">
      {picked}
      {views && filters ? <SavedViews page={views} query={filters.query} size="xs" /> : null}
      <ColumnChoice columns={columns} hidden={hidden} toggle={toggle} />
    </Group>
  )
  return (
    <Loaded from={{ ...list, data: list.items }}>
      {items => (
        <>
          <Group justify="space-between" mb="xs" mih={36}>
            <Text size="sm" c="dimmed" role="status">
              {items.length === 0
                ? ''
                : `${counted(items.length, noun)} shown${more.hasMore ? ', there are more' : ''}`}
            </Text>
            {items.length > 0 || filters?.any || views ? tools : null}
          </Group>
          {items.length > 0 ? (
            <DataTable
              label={label}
              rows={items}
              columns={shown}
              keyOf={keyOf}
              selection={selection}
              sorting={sort}
              more={more}
            />
          ) : more.hasMore ? (
            <Empty
              title="No match among the newest"
              action={
                <Button variant="default" loading={more.busy} onClick={more.load}>
                  Search older ones
                </Button>
              }
            >
              None of the newest 100,000 matches.
            </Empty>
          ) : filters?.any ? (
            <Empty
              title="Nothing matches these filters"
              action={
                <Button variant="default" onClick={filters.clear}>
                  Clear the filters
                </Button>
              }
            >
              Use fewer filters, or another spelling.
            </Empty>
          ) : (
            nothing
          )}
        </>
      )}
    </Loaded>
  )
}
