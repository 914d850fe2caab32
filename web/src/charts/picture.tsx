import { Group, Paper, VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import { Link, useLocation } from 'wouter'
import { t } from '../language/t.ts'
import styles from './charts.module.css'
import { drawPlot } from './draw-plot.tsx'
import { drawWeek } from './draw-week.tsx'
import { hrefOf, type Lead, type Plot } from './plot.ts'
import type { Scene, Spot } from './scene.ts'
import { type Pick, usePick } from './use-pick.ts'

type Props = { title: string; plot: Plot; lead: Lead }

export const draw = (plot: Plot, width: number): Scene => (plot.form === 'week' ? drawWeek : drawPlot)(plot, width)

/** The drawing and its legend, in a separate chunk, so that the page can be read before it is loaded. */
export default function Picture(props: Props) {
  const { plot, lead } = props
  const { ref, width } = useElementSize()
  const scene = draw(plot, Math.round(width))
  const legendHref = (name: string): string | undefined =>
    plot.series.find(one => one.name === name)?.href ??
    (plot.form === 'bars' ? hrefOf(plot, lead, 0, plot.points.length - 1, name) : undefined)
  return (
    <>
      <div ref={ref} className={styles.drawing}>
        {width > 0 ? <Pickable {...props} scene={scene} /> : null}
      </div>
      <Group component="ul" gap="0.25rem 1rem" fz="xs" c="dimmed" className={styles.legend} data-legend>
        {scene.legend.map(({ name, label, sample }) => {
          const href = legendHref(name)
          return (
            <Group component="li" key={name} gap={6}>
              <svg width={16} height={14} aria-hidden="true">
                {sample}
              </svg>
              {href ? <Link href={href}>{label}</Link> : label}
            </Group>
          )
        })}
      </Group>
    </>
  )
}

/** An invisible slider over the drawing, because screen readers and keyboards can move along sliders. */
function Pickable({ scene, title, plot, lead }: Props & { scene: Scene }) {
  const { width, height, drawing, spots, perRow } = scene
  const [, go] = useLocation()
  const { pick, handlers } = usePick(scene, ({ from, to, name }) => go(hrefOf(plot, lead, from, to, name)))
  const help = useId()
  const [first, last] = [spots[0] as Spot, spots.at(-1) as Spot]
  return (
    <>
      <svg width={width} height={height} aria-hidden="true" data-picture>
        {drawing}
      </svg>
      {pick ? <Marked spots={spots} pick={pick} /> : null}
      <div
        className={styles.area}
        style={{
          left: first.x,
          top: first.y,
          width: last.x + last.width - first.x,
          height: last.y + last.height - first.y,
        }}
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-describedby={help}
        aria-valuemin={1}
        aria-valuemax={spots.length}
        aria-valuenow={(pick?.to ?? spots.length - 1) + 1}
        aria-valuetext={pick ? inWords(spots, pick) : t('nothing chosen')}
        {...handlers}
      />
      {pick ? <ReadOut scene={scene} pick={pick} /> : null}
      <VisuallyHidden id={help}>
        {perRow ? t('Arrow keys move.') : t('Arrow keys move; with Shift they select several.')}{' '}
        {t('Enter opens the list behind the figures. The table shows the same figures.')}
      </VisuallyHidden>
    </>
  )
}

function Marked({ spots, pick: { from, to, name } }: { spots: Spot[]; pick: Pick }) {
  const [{ x, y, height, values }, last] = [spots[from] as Spot, spots[to] as Spot]
  const place = from === to ? values.find(value => value.name === name)?.place : undefined
  const [top, bottom] = place ? [place.from, Math.max(place.to, place.from + 3)] : [y, y + height]
  return (
    <div
      className={styles.marked}
      data-value={place ? true : undefined}
      style={{ left: x, width: last.x + last.width - x, top, height: bottom - top }}
    />
  )
}

function ReadOut({ scene: { width, height, spots }, pick }: { scene: Scene; pick: Pick }) {
  const [from, to] = [spots[pick.from] as Spot, spots[pick.to] as Spot]
  const side = to.x > width / 2 ? { right: width - to.x + 8 } : { left: to.x + to.width + 8 }
  const top = Math.min(to.y, height / 2)
  return (
    <Paper
      withBorder
      shadow="md"
      px="xs"
      py={6}
      fz="xs"
      className={styles.readout}
      style={{ ...side, top }}
      aria-hidden
    >
      <strong>{from === to ? to.label : `${from.label} … ${to.label}`}</strong>
      {(from === to ? to.values : []).map(({ name, label, text }) => (
        <Group key={name} justify="space-between" gap="md" wrap="nowrap" fw={name === pick.name ? 700 : undefined}>
          {label} <b>{text}</b>
        </Group>
      ))}
    </Paper>
  )
}

function inWords(spots: Spot[], { from, to, name }: Pick): string {
  const [first, last] = [spots[from] as Spot, spots[to] as Spot]
  if (first !== last) return t('{first} until {last}', { first: first.label, last: last.label })
  const values = last.values.filter(value => name === undefined || value.name === name)
  return `${last.label}: ${values.map(({ label, text }) => `${text} ${label}`).join(', ')}`
}
