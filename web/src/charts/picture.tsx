import { VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import styles from './charts.module.css'
import type { Scene, Spot } from './scene.ts'
import { SceneSvg } from './scene-svg.tsx'
import { type Pick, usePick } from './use-pick.ts'

type Props = {
  title: string
  draw: (width: number) => Scene
  /** The name of the link's target, such as "activity". Nothing can be opened without `open`. */
  opens?: string | undefined
  open?: ((pick: Pick) => void) | undefined
}

/** The drawing, in a separate chunk, so that the page can be read before it is loaded. */
export default function Picture(props: Props) {
  const { ref, width } = useElementSize()
  return (
    <div ref={ref} className={styles.drawing}>
      {width > 0 ? <Pickable {...props} scene={props.draw(Math.round(width))} /> : null}
    </div>
  )
}

/** An invisible slider over the drawing, because screen readers and keyboards can move along sliders. */
function Pickable({ scene, title, opens, open }: Props & { scene: Scene }) {
  const { pick, handlers } = usePick(scene, open)
  const help = useId()
  const [first, last] = [scene.spots[0], scene.spots.at(-1)]
  if (!first || !last) return <SceneSvg scene={scene} />
  const area = {
    left: first.x,
    top: first.y,
    width: last.x + last.width - first.x,
    height: last.y + last.height - first.y,
  }
  return (
    <>
      <SceneSvg scene={scene} />
      {pick ? <Marked scene={scene} pick={pick} /> : null}
      <div
        className={styles.area}
        style={area}
        data-opens={open ? true : undefined}
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-describedby={help}
        aria-valuemin={1}
        aria-valuemax={scene.spots.length}
        aria-valuenow={(pick?.to ?? scene.spots.length - 1) + 1}
        aria-valuetext={pick ? inWords(scene, pick) : 'nothing chosen'}
        {...handlers}
      />
      {pick ? <ReadOut scene={scene} pick={pick} opens={open && opens} /> : null}
      <VisuallyHidden id={help}>
        Arrow keys move{scene.perRow ? '' : ', with Shift they take in more'}
        {open ? `, Enter opens ${opens}` : ''}. The same is in the table.
      </VisuallyHidden>
    </>
  )
}

function Marked({ scene, pick }: { scene: Scene; pick: Pick }) {
  const [from, to] = [scene.spots[pick.from] as Spot, scene.spots[pick.to] as Spot]
  const place = pick.from === pick.to ? from.values.find(({ name }) => name === pick.name)?.place : undefined
  return (
    <div
      className={styles.marked}
      data-value={place ? true : undefined}
      style={{
        left: from.x,
        width: to.x + to.width - from.x,
        top: place?.from ?? from.y,
        height: place ? Math.max(3, place.to - place.from) : from.height,
      }}
    />
  )
}

function ReadOut({ scene, pick, opens }: { scene: Scene; pick: Pick; opens: string | undefined }) {
  const spot = scene.spots[pick.to] as Spot
  const several = pick.from !== pick.to
  const side = spot.x > scene.width / 2 ? { right: scene.width - spot.x + 8 } : { left: spot.x + spot.width + 8 }
  return (
    <div className={styles.readout} style={{ ...side, top: Math.min(spot.y, scene.height / 2) }} aria-hidden>
      <strong>{several ? `${(scene.spots[pick.from] as Spot).label} … ${spot.label}` : spot.label}</strong>
      {several
        ? null
        : spot.values.map(({ name, label, text }) => (
            <span key={name} data-chosen={name === pick.name ? true : undefined}>
              {label} <b>{text}</b>
            </span>
          ))}
      {opens ? <em>{several ? `Let go for ${opens}` : `Opens ${opens}`}</em> : null}
    </div>
  )
}

function inWords({ spots }: Scene, { from, to, name }: Pick): string {
  const [first, last] = [spots[from] as Spot, spots[to] as Spot]
  if (from !== to) return `${first.label} until ${last.label}, ${to - from + 1} steps`
  const values = name === undefined ? last.values : last.values.filter(one => one.name === name)
  return `${last.label}: ${values.map(({ label, text }) => `${text} ${label}`).join(', ')}`
}
