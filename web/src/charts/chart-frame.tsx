import { Button, Menu, Text } from '@mantine/core'
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { Scroller } from '../show/list/scroller.tsx'
import { type Cell, save, toCsv } from '../show/list/sheet.ts'
import { Card } from '../show/page/card.tsx'
import styles from './charts.module.css'
import { Legend, type LegendItem } from './legend.tsx'
import type { Scene } from './scene.ts'
import type { Pick } from './use-pick.ts'

const Picture = lazy(() => import('./picture.tsx'))

/** A chart with its sentence, the same data as a table for readers who cannot use the picture, and both as files. */
export function ChartFrame({
  title,
  says,
  empty,
  draw,
  legend,
  table,
  rows,
  opens,
  open,
}: {
  title: string
  says: string
  /** The text to show instead of an empty drawing. */
  empty?: string | undefined
  draw: (width: number) => Scene
  legend: readonly LegendItem[]
  table: ReactNode
  rows: () => Record<string, Cell>[]
  opens?: string | undefined
  open?: ((pick: Pick) => void) | undefined
}) {
  const [asTable, setAsTable] = useState(false)
  const card = useRef<HTMLDivElement>(null)
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const picture = async (how: 'saveSvg' | 'savePng') => {
    const files = await import('./save-picture.ts')
    if (card.current) await files[how](card.current, name)
  }
  const aside = (
    <div className={styles.buttons}>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-pressed={asTable}
        onClick={() => setAsTable(!asTable)}
        leftSection={asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
      >
        {asTable ? 'View as chart' : 'View as table'}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" leftSection={<IconDownload size={14} aria-hidden />}>
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {asTable ? null : <Menu.Item onClick={() => void picture('savePng')}>Picture (PNG)</Menu.Item>}
          {asTable ? null : <Menu.Item onClick={() => void picture('saveSvg')}>Drawing (SVG)</Menu.Item>}
          <Menu.Item onClick={() => save(`${name}.csv`, 'text/csv', toCsv(rows()))}>Table (CSV)</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
  return (
    <div ref={card} className={styles.card}>
      <Card title={title} lead={<span data-says>{says}</span>} aside={empty ? null : aside}>
        {empty ? (
          <Text c="dimmed" ta="center" py="xl" size="sm">
            {empty}
          </Text>
        ) : asTable ? (
          <Scroller label={`${title}, table`} className={styles.table}>
            {table}
          </Scroller>
        ) : (
          <>
            <Suspense fallback={<div className={styles.waiting} />}>
              <Picture title={title} draw={draw} opens={opens} open={open} />
            </Suspense>
            <Legend items={legend} />
          </>
        )}
      </Card>
    </div>
  )
}
