import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Answer } from '../../../../src/wire/admin/contract.ts'
import { counted, t } from '../../language/t.ts'
import { Empty } from '../page/empty.tsx'
import { Loaded } from '../page/loaded.tsx'
import { ColumnChoice, useColumns } from './column-choice.tsx'
import { type Column, DataTable, type Selection, type Sorting } from './data-table.tsx'
import { SavedViews } from './saved-views.tsx'
import { type Pages, ShowMore } from './show-more.tsx'

/** The result of `usePages`. */
export type List<Row> = Pages & {
  items: readonly Row[] | undefined
  error: unknown
  isPending: boolean
  refetch(): unknown
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
  const { shown, choice } = useColumns(label.toLowerCase(), columns)
  const tools = (list.items?.length || filters?.any || views) && (
    <Group gap="xs">
      {picked}
      {views && filters ? <SavedViews page={views} query={filters.query} size="xs" /> : null}
      <ColumnChoice {...choice} />
    </Group>
  )
  return (
    <Loaded from={{ ...list, data: list.items }}>
      {items => (
        <>
          <Group justify="space-between" mb={tools ? 'xs' : 0} mih={tools ? 36 : 0}>
            <Text size="sm" c="dimmed" role="status">
              {items.length === 0 ? '' : shownOf(counted(items.length, noun), list.hasNextPage)}
            </Text>
            {tools || null}
          </Group>
          {items.length > 0 ? (
            <>
              <DataTable
                label={label}
                rows={items}
                columns={shown}
                keyOf={keyOf}
                selection={selection}
                sorting={sort}
              />
              <ShowMore of={list} />
            </>
          ) : list.hasNextPage ? (
            <Empty
              title={t('No match among the newest')}
              action={
                <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  {t('Search older ones')}
                </Button>
              }
            >
              {t('None of the newest 100,000 matches.')}
            </Empty>
          ) : filters?.any ? (
            <Empty
              title={t('Nothing matches these filters')}
              action={
                <Button variant="default" onClick={filters.clear}>
                  {t('Clear the filters')}
                </Button>
              }
            >
              {t('Use fewer filters, or another spelling.')}
            </Empty>
          ) : (
            nothing
          )}
        </>
      )}
    </Loaded>
  )
}

const shownOf = (things: string, more: boolean): string =>
  more ? t('{things} shown, there are more', { things }) : t('{things} shown', { things })
