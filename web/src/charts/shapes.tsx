import { useId } from 'react'

/* The parts of every drawing. They use colours of the theme in attributes, so a saved file needs no style sheet. */

export const [SURFACE, GRID, WORDS] = ['var(--card)', 'var(--line)', 'var(--mantine-color-dimmed)']
const inTheme = (color: string): string => `var(--mantine-color-${color})`

/** One tile of 8 by 8 for each series, drawn in the background colour. The first is plain. */
const TEXTURES = [
  '',
  'M-2 2L2 -2M0 8L8 0M6 10L10 6',
  'M2 2h1.8v1.8h-1.8zM6 6h1.8v1.8h-1.8z',
  'M-2 6L2 10M0 0L8 8M6 -2L10 2',
  'M0 4H8',
  'M4 0V8M0 4H8',
  'M0 8L8 0M0 0L8 8',
]
/** Dashes with round ends. */
const DASHES = [undefined, '6 5', '1 5', '9 5 1 5']
const of = <Value,>(list: readonly Value[], place: number) => list[place % list.length] as Value

export const round = (value: number): number => Math.round(value * 10) / 10
export const box = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`

/** A filled path. Its texture says the same as its colour, so that no information depends on colour. */
export function Shape({ d, color, texture = 0 }: { d: string; color: string; texture?: number }) {
  const id = useId().replaceAll(/\W/g, '')
  const tile = of(TEXTURES, texture)
  return (
    <>
      {tile ? (
        <pattern id={id} width={8} height={8} patternUnits="userSpaceOnUse">
          <rect width={8} height={8} fill={inTheme(color)} />
          <path d={tile} fill="none" stroke={SURFACE} strokeWidth={1.6} />
        </pattern>
      ) : null}
      <path d={d} fill={tile ? `url(#${id})` : inTheme(color)} />
    </>
  )
}

export const Line = ({ d, color, dash }: { d: string; color: string; dash: number }) => (
  <path
    d={d}
    fill="none"
    stroke={inTheme(color)}
    strokeWidth={2}
    strokeLinejoin="round"
    strokeLinecap="round"
    strokeDasharray={of(DASHES, dash)}
  />
)

type Props = { x: number; y: number; anchor?: 'middle' | 'end'; children: string }

export const Words = ({ x, y, anchor = 'middle', children }: Props) => (
  <text x={round(x)} y={round(y)} textAnchor={anchor} fill={WORDS} fontSize={11}>
    {children}
  </text>
)
