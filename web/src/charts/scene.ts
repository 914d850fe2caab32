/*
 * A drawing as data. The page renders it as SVG; the SVG file copies this rendering, and the PNG file is drawn from it.
 * So all three are equal, and need no style sheet or script that the page's policy would have to allow.
 */

/** A theme colour such as `accent.6`, or a CSS colour. */
export type Color = string
/** A colour with a texture, so that no information depends on colour alone. */
export type Paint = { color: Color; texture: number }

export type Mark =
  | { is: 'shape'; d: string; paint: Paint; edge?: true }
  | { is: 'line'; d: string; color: Color; width: number; dash?: string }
  | { is: 'text'; x: number; y: number; text: string; anchor: 'start' | 'middle' | 'end' }

/** A selectable place: a bucket of time, a band or a cell. */
export type Spot = {
  x: number
  y: number
  width: number
  height: number
  label: string
  values: { name: string; label: string; text: string; place?: { from: number; to: number } }[]
}

export type Scene = {
  width: number
  height: number
  marks: Mark[]
  spots: Spot[]
  /** The number of spots in one row; by default all. */
  perRow?: number
}

export const cssColor = (color: Color): string =>
  /^[a-z]+\.\d$/.test(color) ? `var(--mantine-color-${color.replace('.', '-')})` : color

export const SURFACE = 'var(--card)'
export const GRID = 'var(--line)'
export const WORDS = 'var(--mantine-color-dimmed)'

/** One 8 by 8 tile per texture, drawn in the background colour; the first is plain. */
export const TEXTURES: readonly string[] = [
  '',
  'M-2 2L2 -2M0 8L8 0M6 10L10 6',
  'M2 2h1.8v1.8h-1.8zM6 6h1.8v1.8h-1.8z',
  'M-2 6L2 10M0 0L8 8M6 -2L10 2',
  'M0 4H8',
  'M4 0V8M0 4H8',
  'M0 8L8 0M0 0L8 8',
]
export const DASHES = [undefined, '7 4', '2 3', '9 3 2 3'] as const

/** The path of a marker on a line: circle, square, triangle or diamond. */
export function marker(place: number, x: number, y: number, size = 3): string {
  const [cx, cy] = [round(x), round(y)]
  switch (place % 4) {
    case 0:
      return `M${cx - size} ${cy}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`
    case 1:
      return `M${cx - size} ${cy - size}h${2 * size}v${2 * size}h${-2 * size}z`
    case 2:
      return `M${cx} ${cy - size - 1}l${size + 1} ${2 * size + 1}h${-2 * size - 2}z`
    default:
      return `M${cx} ${cy - size - 1}l${size + 1} ${size + 1}l${-size - 1} ${size + 1}l${-size - 1} ${-size - 1}z`
  }
}

export const round = (value: number): number => Math.round(value * 10) / 10
export const box = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`
