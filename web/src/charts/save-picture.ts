import { save } from '../show/list/sheet.ts'

/*
 * Saves the drawing as a file, with title, sentence and legend. The page's policy allows this: images from `data:` URLs
 * are permitted, and a download is not a request.
 */

const [MARGIN, LINE, SCALE] = [16, 18, 2]
const SVG = 'http://www.w3.org/2000/svg'

export function saveSvg(card: HTMLElement, name: string): void {
  const { text } = toSvg(card)
  save(`${name}.svg`, 'image/svg+xml', text)
}

/** Twice the resolution of the page, for paper and high-resolution screens. */
export async function savePng(card: HTMLElement, name: string): Promise<void> {
  const { text, width, height } = toSvg(card)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
  if (blob) save(`${name}.png`, 'image/png', blob)
}

function toSvg(card: HTMLElement): { text: string; width: number; height: number } {
  const drawn = card.querySelector<SVGSVGElement>('svg[data-picture]')
  if (!drawn) throw new Error('there is no drawing to save')
  const { width: inner, height: tall } = drawn.viewBox.baseVal
  const width = inner + 2 * MARGIN
  const sheet = make('svg', { xmlns: SVG, 'font-family': 'system-ui, sans-serif', 'font-size': 12 })
  const ink = { fill: 'var(--mantine-color-text)' }
  const words = [
    ...broken(card.querySelector('h2')?.textContent ?? '', width, { ...ink, 'font-weight': 600, 'font-size': 15 }),
    ...broken(card.querySelector('[data-says]')?.textContent ?? '', width, ink),
  ]
  const top = MARGIN + words.length * LINE
  const legend = legendOf(card, width)
  const height = top + tall + legend.height + 2 * MARGIN
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    sheet.setAttribute(name, String(value))
  sheet.append(make('rect', { width, height, fill: 'var(--card)' }))
  for (const [i, line] of words.entries()) {
    line.setAttribute('x', String(MARGIN))
    line.setAttribute('y', String(MARGIN + (i + 0.7) * LINE))
    sheet.append(line)
  }
  const picture = drawn.cloneNode(true) as SVGSVGElement
  picture.setAttribute('x', String(MARGIN))
  picture.setAttribute('y', String(top))
  legend.group.setAttribute('transform', `translate(${MARGIN} ${top + tall + MARGIN})`)
  sheet.append(picture, legend.group)
  settleColors(sheet, card)
  return { text: new XMLSerializer().serializeToString(sheet), width, height }
}

function legendOf(card: HTMLElement, width: number): { group: SVGElement; height: number } {
  const group = make('g', {})
  let [x, y] = [0, 0]
  for (const item of card.querySelectorAll<HTMLLIElement>('[data-legend] li')) {
    const sample = item.querySelector('svg')?.cloneNode(true) as SVGSVGElement | undefined
    const label = item.textContent ?? ''
    const wide = 36 + widthOf(label)
    if (x > 0 && x + wide > width - 2 * MARGIN) [x, y] = [0, y + LINE]
    sample?.setAttribute('x', String(x))
    sample?.setAttribute('y', String(y - 6))
    const text = make('text', { x: x + 32, y: y + 4, fill: 'var(--mantine-color-text)' })
    text.textContent = label
    if (sample) group.append(sample)
    group.append(text)
    x += wide + 14
  }
  return { group, height: y + (group.childElementCount > 0 ? LINE : 0) }
}

const widthOf = (text: string): number => text.length * 6.6

/** Breaks a text into lines that fit. */
function broken(text: string, width: number, attributes: Record<string, string | number>): SVGElement[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && widthOf(line) <= width - 2 * MARGIN) lines[lines.length - 1] = line
    else lines.push(word)
  }
  return lines.map(line => {
    const element = make('text', attributes)
    element.textContent = line
    return element
  })
}

/** Replaces theme colours by their current values, because a file has no theme. */
function settleColors(sheet: SVGElement, card: HTMLElement): void {
  const probe = document.createElement('span')
  card.append(probe)
  for (const element of [sheet, ...sheet.querySelectorAll<SVGElement>('*')])
    for (const name of ['fill', 'stroke']) {
      const value = element.getAttribute(name)
      if (!value?.startsWith('var(')) continue
      probe.style.color = value
      element.setAttribute(name, getComputedStyle(probe).color)
    }
  probe.remove()
}

function make(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) if (key !== 'xmlns') element.setAttribute(key, String(value))
  return element
}
