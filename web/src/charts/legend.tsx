import { useId } from 'react'
import { Link } from 'wouter'
import styles from './charts.module.css'
import { cssColor, DASHES, marker, type Paint, TEXTURES } from './scene.ts'
import { Texture } from './scene-svg.tsx'

export type LegendItem = {
  name: string
  label: string
  paint: Paint
  line?: true
  /** The side of the square, as a part of the largest. */
  share?: number
  href?: string | undefined
}

/** Explains each colour, texture, dash and marker, with a link if there is a list. */
export const Legend = ({ items }: { items: readonly LegendItem[] }) => (
  <ul className={styles.legend} data-legend>
    {items.map(({ name, label, paint, line, share, href }) => (
      <li key={name}>
        {line ? (
          <LineSample paint={paint} />
        ) : share ? (
          <SizeSample share={share} paint={paint} />
        ) : (
          <PaintSample paint={paint} />
        )}
        {href ? <Link href={href}>{label}</Link> : label}
      </li>
    ))}
  </ul>
)

function PaintSample({ paint }: { paint: Paint }) {
  const id = useId().replaceAll(/\W/g, '')
  const plain = paint.texture % TEXTURES.length === 0
  return (
    <svg width={16} height={12} aria-hidden="true">
      <defs>
        <Texture id={id} paint={paint} />
      </defs>
      <rect width={16} height={12} rx={2} fill={plain ? cssColor(paint.color) : `url(#${id})`} />
    </svg>
  )
}

function SizeSample({ paint, share }: { paint: Paint; share: number }) {
  const side = 14 * share
  return (
    <svg width={14} height={14} aria-hidden="true">
      <rect x={(14 - side) / 2} y={(14 - side) / 2} width={side} height={side} fill={cssColor(paint.color)} />
    </svg>
  )
}

function LineSample({ paint: { color, texture } }: { paint: Paint }) {
  const dash = DASHES[texture % DASHES.length]
  return (
    <svg width={26} height={12} aria-hidden="true">
      <path d="M0 6H26" stroke={cssColor(color)} strokeWidth={2} {...(dash && { strokeDasharray: dash })} />
      <path d={marker(texture, 13, 6)} fill={cssColor(color)} />
    </svg>
  )
}
