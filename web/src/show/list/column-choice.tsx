import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { t } from '../../language/t.ts'
import { useKept } from '../value/use-kept.ts'
import type { Column } from './data-table.tsx'

/** The columns of a list that this browser hides. The column with the name of the row is always visible. */
export function useColumns<Row>(page: string, columns: readonly Column<Row>[]) {
  const [kept, setHidden] = useKept<string[]>(`columns.${page}`, [])
  const hidden = Array.isArray(kept) ? kept : []
  return {
    shown: columns.filter(({ head, lead }) => lead || !hidden.includes(head)),
    choice: { heads: columns.filter(({ lead }) => !lead).map(({ head }) => head), hidden, setHidden },
  }
}

export function ColumnChoice({ heads, hidden, setHidden }: ReturnType<typeof useColumns>['choice']) {
  const without = (some: readonly string[]) => heads.filter(head => !some.includes(head))
  return (
    <Popover position="bottom-end" trapFocus withinPortal={false} shadow="md">
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={15} aria-hidden />}>
          {t('Columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Columns')}>
        <Checkbox.Group
          aria-label={t('Columns that are shown')}
          value={without(hidden)}
          onChange={shown => setHidden(without(shown))}
        >
          <Stack gap="xs">
            {heads.map(head => (
              <Checkbox key={head} size="sm" label={head} value={head} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
