import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { t } from '../../language/t.ts'
import styles from './list.module.css'
import { Scroller } from './scroller.tsx'

export type Column<Row> = {
  head: string
  cell: (row: Row) => ReactNode
  align?: 'right'
  /** The cell that names the row; on narrow screens it is the title of the card. */
  lead?: true
  /** The cell holds sentences, which take more than one line. */
  prose?: true
  /** The field by which the server can sort this column, because it has an index. */
  sort?: string
}
/** The field to sort by; a minus reverses the order. */
export type Sorting = { value: string; onChange(sort: string): void }

export type Selection<Row> = {
  chosen: ReadonlySet<string>
  onChange(chosen: Set<string>): void
  nameOf(row: Row): string
}

/**
 * A table that becomes a list of cards on narrow screens. The roles are explicit, because browsers drop table semantics
 * if the display style of its parts changes.
 */
export function DataTable<Row>({
  label,
  rows,
  columns,
  keyOf,
  selection,
  sorting,
}: {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  selection?: Selection<Row> | undefined
  sorting?: Sorting | undefined
}) {
  return (
    <Scroller label={label}>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table className={styles.table} role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {selection ? (
              <th role="columnheader" scope="col" className={styles.choice}>
                <Choose ids={rows.map(keyOf)} label={t('Choose all shown')} selection={selection} />
              </th>
            ) : null}
            {columns.map(({ head, align, sort }) => (
              <th
                key={head}
                role="columnheader"
                scope="col"
                className={align && styles[align]}
                aria-sort={sort && sorting ? orderOf(sort, sorting) : undefined}
              >
                {sort && sorting ? <SortButton head={head} sort={sort} sorting={sorting} /> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(row => (
            <tr key={keyOf(row)} role="row">
              {selection ? (
                <td role="cell" className={styles.choice}>
                  <Choose
                    ids={[keyOf(row)]}
                    label={t('Choose {name}', { name: selection.nameOf(row) })}
                    selection={selection}
                  />
                </td>
              ) : null}
              {columns.map(({ head, cell, align, lead, prose }) => (
                <td
                  key={head}
                  role="cell"
                  data-label={head}
                  className={[align && styles[align], lead && styles.lead, prose && styles.prose]
                    .filter(Boolean)
                    .join(' ')}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </Scroller>
  )
}

function orderOf(sort: string, { value }: Sorting): 'ascending' | 'descending' | 'none' {
  if (value === sort) return 'ascending'
  return value === `-${sort}` ? 'descending' : 'none'
}

/** The first click sorts newest first; the next click reverses the order. */
function SortButton({ head, sort, sorting }: { head: string; sort: string; sorting: Sorting }) {
  const order = orderOf(sort, sorting)
  const Icon = order === 'ascending' ? IconArrowUp : order === 'descending' ? IconArrowDown : IconArrowsSort
  return (
    <UnstyledButton
      className={styles.sort}
      onClick={() => sorting.onChange(order === 'descending' ? sort : `-${sort}`)}
    >
      {head}
      <Icon size={13} aria-hidden />
    </UnstyledButton>
  )
}

/** Chooses one row, or all that are shown. */
function Choose<Row>({ ids, label, selection }: { ids: readonly string[]; label: string; selection: Selection<Row> }) {
  const { chosen, onChange } = selection
  const some = ids.filter(id => chosen.has(id)).length
  const others = [...chosen].filter(id => !ids.includes(id))
  return (
    <Checkbox
      size="xs"
      aria-label={label}
      checked={some > 0 && some === ids.length}
      indeterminate={some > 0 && some < ids.length}
      onChange={event => onChange(new Set(event.currentTarget.checked ? [...others, ...ids] : others))}
    />
  )
}
