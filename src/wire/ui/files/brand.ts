/*
 * Derives readable shades from the one configured colour: for text on the colour, and for the colour on the page (WCAG
 * 2.2, 1.4.3).
 */

const ENOUGH = 4.6
const WHITE = [255, 255, 255] as const
/** The backgrounds of the style sheet with the lowest contrast. */
const LIGHT_PAGE = [243, 246, 245] as const
const DARK_PAGE = [27, 33, 32] as const

type Rgb = readonly [number, number, number]

/** CSS custom properties of both themes: the accent as a background, and as text. */
export function brandStyles(color: string): string {
  const base = parse(color)
  const light = towards(base, [0, 0, 0], shade => contrast(shade, LIGHT_PAGE) >= ENOUGH)
  const darkText = lighter(base, shade => contrast(shade, DARK_PAGE) >= ENOUGH)
  const surface = towards(base, [0, 0, 0], shade => contrast(shade, WHITE) >= ENOUGH)
  const rule = (text: Rgb) => `--accent:${css(surface)};--accent-text:${css(text)};--on-accent:#fff`
  return `:root{${rule(light)}}@media (prefers-color-scheme:dark){:root{${rule(darkText)}}}\n`
}

const parse = (color: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(color.slice(at, at + 2), 16)) as unknown as Rgb
const css = (shade: Rgb): string => `#${shade.map(part => Math.round(part).toString(16).padStart(2, '0')).join('')}`

function towards(from: Rgb, to: Rgb, enough: (shade: Rgb) => boolean): Rgb {
  for (let step = 0; step < 20; step++) {
    const shade = from.map((part, i) => Math.round(part + ((to[i] as number) - part) * (step / 20))) as unknown as Rgb
    if (enough(shade)) return shade
  }
  return to
}

/** Lightens in the same hue first, then towards white if the contrast needs it. */
function lighter(from: Rgb, enough: (shade: Rgb) => boolean): Rgb {
  const most = Math.max(...from, 1)
  const full = from.map(part => (part / most) * 225) as unknown as Rgb
  return towards(enough(full) ? between(from, full, enough) : full, WHITE, enough)
}

const between = (from: Rgb, to: Rgb, enough: (shade: Rgb) => boolean): Rgb =>
  enough(from) ? from : towards(from, to, enough)

function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const luminance = (shade: Rgb): number => {
  const [red, green, blue] = shade.map(part => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
