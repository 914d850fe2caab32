import { Link } from 'wouter'
import { t } from '../language/t.ts'
import { DataTable } from '../show/list/data-table.tsx'
import { Scroller } from '../show/list/scroller.tsx'
import styles from './charts.module.css'
import { hrefOf, type Lead, labelOf, type Plot, valueText } from './plot.ts'

type Props = { title: string; plot: Plot; lead: Lead; places: number[] }

/** The figures of a chart at these places, for readers who cannot use the drawing. */
export default function ChartTable({ title, plot, lead, places }: Props) {
  return (
    <Scroller label={title} className={styles.table}>
      <DataTable
        label={title}
        rows={places}
        keyOf={String}
        columns={[
          {
            head: plot.names ? t('Group') : t('When'),
            lead: true,
            prose: true,
            cell: i => <Link href={hrefOf(plot, lead, i, i)}>{labelOf(plot, i)}</Link>,
          },
          ...plot.series.map(({ name, label }) => ({
            head: label,
            align: 'right' as const,
            cell: (i: number) => valueText(plot.form, plot.points[i]?.[name]),
          })),
        ]}
      />
    </Scroller>
  )
}
