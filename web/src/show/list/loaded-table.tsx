import { Text } from '@mantine/core'
import type { ComponentProps, ReactNode } from 'react'
import { Loaded } from '../page/loaded.tsx'
import { DataTable } from './data-table.tsx'

type Props<Row> = Omit<ComponentProps<typeof DataTable<Row>>, 'rows'> & {
  from: ComponentProps<typeof Loaded<{ items: readonly Row[] }>>['from']
  /** Shown if there are no rows. */
  nothing?: ReactNode
}

/** A list that the server sends as a whole. */
export const LoadedTable = <Row,>({ from, nothing, ...table }: Props<Row>) => (
  <Loaded from={from}>
    {({ items }) =>
      items.length > 0 ? (
        <DataTable {...table} rows={items} />
      ) : typeof nothing === 'string' ? (
        <Text size="sm" c="dimmed">
          {nothing}
        </Text>
      ) : (
        nothing
      )
    }
  </Loaded>
)
