import { Button, Group, Skeleton } from '@mantine/core'
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import type { Lead, Plot } from './plot.ts'

const ChartTable = lazy(() => import('./chart-table.tsx'))
const Download = lazy(() => import('./download.tsx'))
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
      <LateDownload sheet={{ title, says, plot }} />
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

function LateDownload({ sheet }: { sheet: Omit<Props, 'lead'> }) {
  const [wanted, setWanted] = useState(false)
  const leftSection = <IconDownload size={14} aria-hidden />
  const button = { size: 'compact-xs', variant: 'subtle', leftSection, children: t('Download') }
  const closed = <Button {...button} aria-haspopup="menu" loading={wanted} onClick={() => setWanted(true)} />
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <Download sheet={sheet} button={button} />
    </Suspense>
  )
}
