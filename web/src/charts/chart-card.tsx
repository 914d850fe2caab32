import { Button, Group, Skeleton } from '@mantine/core'
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../language/t.ts'
import { save, toCsv } from '../show/list/sheet.ts'
import { Card } from '../show/page/card.tsx'
import { LateMenu } from '../show/value/late-menu.tsx'
import type { Lead, Plot } from './plot.ts'

const ChartTable = lazy(() => import('./chart-table.tsx'))
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
      {places.length === 0 ? null : (
        <Suspense fallback={<Skeleton h={250} />}>
          {asTable ? (
            <ChartTable title={title} plot={plot} lead={lead} places={places} />
          ) : (
            <Picture title={title} plot={plot} lead={lead} />
          )}
        </Suspense>
      )}
    </Card>
  )
}

function Download(sheet: Omit<Props, 'lead'>) {
  const file = sheet.title.toLowerCase().replaceAll(/[^\p{L}\d]+/gu, '-')
  const saveAs = async (how: 'saveSvg' | 'savePng') => (await import('./save-picture.tsx'))[how](sheet, file)
  return (
    <LateMenu
      button={{
        size: 'compact-xs',
        variant: 'subtle',
        leftSection: <IconDownload size={14} aria-hidden />,
        children: t('Download'),
      }}
      items={[
        { label: t('Picture (PNG)'), run: () => void saveAs('savePng') },
        { label: t('Drawing (SVG)'), run: () => void saveAs('saveSvg') },
        { label: t('Table (CSV)'), run: () => save(`${file}.csv`, 'text/csv', toCsv(rowsOf(sheet.plot))) },
      ]}
    />
  )
}

const rowsOf = ({ form, names, points, series }: Plot) =>
  points.map((point, i) => ({
    ...(names ? { group: names[i] ?? '' } : { time: new Date(point.at * 1000).toISOString() }),
    ...Object.fromEntries(series.map(({ name, label }) => [label, point[name] ?? (form === 'lines' ? null : 0)])),
  }))
