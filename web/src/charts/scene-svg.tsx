import { useId } from 'react'
import { cssColor, type Mark, type Paint, type Scene, SURFACE, TEXTURES, WORDS } from './scene.ts'

/** The drawing on the page. It uses theme colours, so it adapts to light and dark. */
export function SceneSvg({ scene: { width, height, marks } }: { scene: Scene }) {
  const scope = useId().replaceAll(/\W/g, '')
  const idOf = ({ color, texture }: Paint) => `${scope}-${color.replaceAll(/[^a-z0-9]/g, '-')}-${texture}`
  const paints = new Map(marks.flatMap(mark => (mark.is === 'shape' ? [[idOf(mark.paint), mark.paint] as const] : [])))
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" data-picture>
      <defs>
        {[...paints].map(([id, paint]) => (
          <Texture key={id} id={id} paint={paint} />
        ))}
      </defs>
      {marks.map((mark, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place in the drawing
        <Drawn key={i} mark={mark} fill={mark.is === 'shape' ? fillOf(mark.paint, idOf(mark.paint)) : 'none'} />
      ))}
    </svg>
  )
}

const fillOf = (paint: Paint, id: string): string =>
  paint.texture % TEXTURES.length === 0 ? cssColor(paint.color) : `url(#${id})`

function Drawn({ mark, fill }: { mark: Mark; fill: string }) {
  if (mark.is === 'text')
    return (
      <text x={mark.x} y={mark.y} textAnchor={mark.anchor} fill={WORDS} fontSize={11}>
        {mark.text}
      </text>
    )
  if (mark.is === 'shape')
    return <path d={mark.d} fill={fill} {...(mark.edge && { stroke: SURFACE, strokeWidth: 1 })} />
  return (
    <path
      d={mark.d}
      fill="none"
      stroke={cssColor(mark.color)}
      strokeWidth={mark.width}
      strokeLinejoin="round"
      {...(mark.dash && { strokeDasharray: mark.dash })}
    />
  )
}

export function Texture({ id, paint: { color, texture } }: { id: string; paint: Paint }) {
  const d = TEXTURES[texture % TEXTURES.length]
  return d ? (
    <pattern id={id} width={8} height={8} patternUnits="userSpaceOnUse">
      <rect width={8} height={8} fill={cssColor(color)} />
      <path d={d} fill="none" stroke={SURFACE} strokeWidth={1.6} />
    </pattern>
  ) : null
}
