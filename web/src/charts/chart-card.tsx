import { Button, ColorSwatch, Text } from '@mantine/core'
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Card } from '../show/card.tsx'
import { DataTable } from '../show/data-table.tsx'
import { save, toCsv } from '../show/sheet.ts'
import { exactly } from '../show/when.tsx'
import styles from './charts.module.css'
import type { Plot, Point } from './series.ts'

const Drawing = lazy(() => import('./drawing.tsx'))

/** A chart with its sentence, and the same as a real table for those who read better than they look. */
export function ChartCard({
  title,
  says,
  plot,
  form,
}: {
  title: string
  says: string
  plot: Plot
  form: 'bars' | 'areas'
}) {
  const [asTable, setAsTable] = useState(false)
  const rows = () =>
    plot.points.map(point => ({
      time: new Date(point.at * 1000).toISOString(),
      ...Object.fromEntries(plot.series.map(({ name, label }) => [label, point[name] ?? 0])),
    }))
  return (
    <Card
      title={title}
      lead={says}
      aside={
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
          {asTable ? (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconDownload size={14} aria-hidden />}
              onClick={() => save(`${title.toLowerCase().replaceAll(' ', '-')}.csv`, 'text/csv', toCsv(rows()))}
            >
              CSV
            </Button>
          ) : null}
        </div>
      }
    >
      {plot.total === 0 ? (
        <Text c="dimmed" ta="center" py="xl" size="sm">
          Nothing happened in this time.
        </Text>
      ) : asTable ? (
        <div className={styles.table}>
          <DataTable
            label={title}
            rows={plot.points.filter(point => plot.series.some(({ name }) => (point[name] ?? 0) > 0))}
            keyOf={point => String(point.at)}
            columns={[
              { head: 'From', lead: true, cell: point => exactly(point.at) },
              ...plot.series.map(({ name, label }) => ({
                head: label,
                align: 'right' as const,
                cell: (point: Point) => (point[name] ?? 0).toLocaleString('en'),
              })),
            ]}
          />
        </div>
      ) : (
        <div className={styles.drawing} role="img" aria-label={`${title}. ${says}`}>
          <Suspense fallback={null}>
            <Drawing plot={plot} form={form} />
          </Suspense>
        </div>
      )}
      {plot.total > 0 && !asTable ? (
        <ul className={styles.legend}>
          {plot.series.map(({ name, label, color }) => (
            <li key={name}>
              <ColorSwatch
                size={10}
                radius={3}
                withShadow={false}
                color={`var(--mantine-color-${color.replace('.', '-')})`}
              />
              {label}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  )
}
