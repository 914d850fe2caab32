import { Button, Checkbox, Group, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { Scroller } from './scroller.tsx'
import styles from './show.module.css'

export type Column<Row> = {
  head: string
  cell: (row: Row) => ReactNode
  align?: 'right'
  /** The cell that names the row; on narrow screens it heads the card. */
  lead?: true
}

export type Selection<Row> = {
  chosen: ReadonlySet<string>
  onChange(chosen: Set<string>): void
  nameOf(row: Row): string
}

/**
 * A table that becomes a list of cards where it is narrow. The roles are written out because a browser forgets what a
 * table is once its parts are laid out in another way.
 */
export function DataTable<Row>({
  label,
  rows,
  columns,
  keyOf,
  selection,
  more,
}: {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  selection?: Selection<Row> | undefined
  more?: { hasMore: boolean; busy: boolean; load(): void }
}) {
  return (
    <>
      <Scroller label={label}>
        {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
        <table className={styles.table} role="table" aria-label={label}>
          <thead role="rowgroup">
            <tr role="row">
              {selection ? (
                <th role="columnheader" scope="col">
                  <VisuallyHidden>Choose</VisuallyHidden>
                </th>
              ) : null}
              {columns.map(({ head, align }) => (
                <th key={head} role="columnheader" scope="col" className={align && styles[align]}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map(row => (
              <tr key={keyOf(row)} role="row">
                {selection ? (
                  <td role="cell" data-label="Choose">
                    <Choice id={keyOf(row)} row={row} selection={selection} />
                  </td>
                ) : null}
                {columns.map(({ head, cell, align, lead }) => (
                  <td
                    key={head}
                    role="cell"
                    data-label={head}
                    className={[align && styles[align], lead && styles.lead].filter(Boolean).join(' ') || undefined}
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
      {more?.hasMore ? (
        <Group justify="center" mt="md">
          <Button variant="default" loading={more.busy} onClick={() => more.load()}>
            Show more
          </Button>
        </Group>
      ) : null}
    </>
  )
}

function Choice<Row>({ id, row, selection }: { id: string; row: Row; selection: Selection<Row> }) {
  const { chosen, onChange, nameOf } = selection
  return (
    <Checkbox
      size="sm"
      aria-label={`Choose ${nameOf(row)}`}
      checked={chosen.has(id)}
      onChange={event => {
        const next = new Set(chosen)
        if (event.currentTarget.checked) next.add(id)
        else next.delete(id)
        onChange(next)
      }}
    />
  )
}
