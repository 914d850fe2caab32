import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { t } from '../../language/t.ts'
import { useKept } from '../value/use-kept.ts'
import type { Column } from './data-table.tsx'

/** The columns of a list that this browser hides. The column with the name of the row is always visible. */
export function useColumns<Row>(page: string, columns: readonly Column<Row>[]) {
  const [hidden, setHidden] = useKept<string[]>(`columns.${page}`, [])
  const left = Array.isArray(hidden) ? hidden : []
  const toggle = (head: string) => setHidden(left.includes(head) ? left.filter(one => one !== head) : [...left, head])
  return { shown: columns.filter(({ head, lead }) => lead || !left.includes(head)), hidden: left, toggle }
}

export function ColumnChoice<Row>({
  columns,
  hidden,
  toggle,
}: {
  columns: readonly Column<Row>[]
  hidden: readonly string[]
  toggle(head: string): void
}) {
  return (
    <Popover position="bottom-end" trapFocus withinPortal={false} shadow="md">
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={15} aria-hidden />}>
          {t('Columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Columns')}>
        <Stack gap="xs" role="group" aria-label={t('Columns that are shown')}>
          {columns
            .filter(({ lead }) => !lead)
            .map(({ head }) => (
              <Checkbox
                key={head}
                size="sm"
                label={head}
                checked={!hidden.includes(head)}
                onChange={() => toggle(head)}
              />
            ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
