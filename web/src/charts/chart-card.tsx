import { Button, Group, Menu, Skeleton } from '@mantine/core'
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { t } from '../language/t.ts'
import { DataTable } from '../show/list/data-table.tsx'
import { Scroller } from '../show/list/scroller.tsx'
import { save, toCsv } from '../show/list/sheet.ts'
import { Card } from '../show/page/card.tsx'
import styles from './charts.module.css'
import { hrefOf, type Lead, labelOf, type Plot, valueText } from './plot.ts'

const Picture = lazy(() => import('./picture.tsx'))

type Props = { title: string; says: string; plot: Plot; lead: Lead }

/** A chart with its sentence, the same figures as a table for readers who cannot use the drawing, and both as files. */
export function ChartCard({ title, says, plot, lead }: Props) {
  const [asTable, setAsTable] = useState(false)
  const { points, series } = plot
  const places = [...points.keys()].filter(i => series.some(({ name }) => points[i]?.[name]))
  const Icon = asTable ? IconChartBar : IconTable
  const aside = places.length > 0 && (
    <Group gap={4}>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-pressed={asTable}
        onClick={() => setAsTable(!asTable)}
        leftSection={<Icon size={14} aria-hidden />}
      >
        {asTable ? t('View as chart') : t('View as table')}
      </Button>
      <Download title={title} says={says} plot={plot} />
    </Group>
  )
  return (
    <Card title={title} lead={says} aside={aside}>
      {places.length === 0 ? null : asTable ? (
        <Scroller label={title} className={styles.table}>
          <DataTable
            label={title}
            rows={places}
            keyOf={String}
            columns={[
              {
                head: plot.names ? t('Group') : t('When'),
                lead: true,
                cell: i => <Link href={hrefOf(plot, lead, i, i)}>{labelOf(plot, i)}</Link>,
              },
              ...series.map(({ name, label }) => ({
                head: label,
                align: 'right' as const,
                cell: (i: number) => valueText(plot.form, points[i]?.[name]),
              })),
            ]}
          />
        </Scroller>
      ) : (
        <Suspense fallback={<Skeleton h={250} />}>
          <Picture title={title} plot={plot} lead={lead} />
        </Suspense>
      )}
    </Card>
  )
}

function Download(sheet: Omit<Props, 'lead'>) {
  const file = sheet.title.toLowerCase().replaceAll(/[^\p{L}\d]+/gu, '-')
  const saveAs = async (how: 'saveSvg' | 'savePng') => (await import('./save-picture.tsx'))[how](sheet, file)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" variant="subtle" leftSection={<IconDownload size={14} aria-hidden />}>
          {t('Download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void saveAs('savePng')}>{t('Picture (PNG)')}</Menu.Item>
        <Menu.Item onClick={() => void saveAs('saveSvg')}>{t('Drawing (SVG)')}</Menu.Item>
        <Menu.Item onClick={() => save(`${file}.csv`, 'text/csv', toCsv(rowsOf(sheet.plot)))}>
          {t('Table (CSV)')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const rowsOf = ({ form, names, points, series }: Plot) =>
  points.map((point, i) => ({
    ...(names ? { group: names[i] ?? '' } : { time: new Date(point.at * 1000).toISOString() }),
    ...Object.fromEntries(series.map(({ name, label }) => [label, point[name] ?? (form === 'lines' ? null : 0)])),
  }))
