import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { save } from '../show/list/sheet.ts'
import { draw } from './picture.tsx'
import type { Plot } from './plot.ts'

/*
 * Saves the chart as a file of its own size, with title, sentence and legend. The page's policy allows this: images from
 * `data:` URLs are permitted, and a download is not a request.
 */

export type Sheet = { title: string; says: string; plot: Plot }
const [MARGIN, WIDTH, LINE, SCALE, PER_LINE] = [16, 960, 20, 2, 4]

export function saveSvg(sheet: Sheet, name: string): void {
  save(`${name}.svg`, 'image/svg+xml', toSvg(sheet).text)
}

/** Twice the size, for paper and high-resolution screens. */
export async function savePng(sheet: Sheet, name: string): Promise<void> {
  const { text, height } = toSvg(sheet)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: WIDTH * SCALE, height: height * SCALE })
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
  if (blob) save(`${name}.png`, 'image/png', blob)
}

function toSvg({ title, says, plot }: Sheet): { text: string; height: number } {
  const { drawing, height: tall, legend } = draw(plot, WIDTH - 2 * MARGIN)
  const top = 3.5 * LINE
  const height = top + tall + Math.ceil(legend.length / PER_LINE) * LINE + MARGIN
  const text = rendered(
    <svg xmlns="http://www.w3.org/2000/svg" width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`}>
      <title>{title}</title>
      <rect width={WIDTH} height={height} fill="var(--card)" />
      <g fontFamily="system-ui, sans-serif" fontSize={12} fill="var(--mantine-color-text)">
        <text x={MARGIN} y={1.5 * LINE} fontSize={15} fontWeight={600}>
          {title}
        </text>
        <text x={MARGIN} y={2.5 * LINE}>
          {says}
        </text>
        <g transform={`translate(${MARGIN} ${top})`}>{drawing}</g>
        {legend.map(({ name, label, sample }, i) => (
          <g
            key={name}
            transform={`translate(${MARGIN + (i % PER_LINE) * 232} ${top + tall + Math.floor(i / PER_LINE) * LINE})`}
          >
            {sample}
            <text x={24} y={11}>
              {label}
            </text>
          </g>
        ))}
      </g>
    </svg>,
  )
  return { text, height }
}

/** As text, with the current values of the theme's colours, because a file has no theme. */
function rendered(svg: ReactNode): string {
  const host = document.createElement('div')
  const root = createRoot(host)
  flushSync(() => root.render(svg))
  const probe = document.body.appendChild(document.createElement('span'))
  for (const element of host.querySelectorAll('[fill^="var("], [stroke^="var("]'))
    for (const name of ['fill', 'stroke']) {
      probe.style.color = element.getAttribute(name) ?? ''
      if (element.getAttribute(name)?.startsWith('var(')) element.setAttribute(name, getComputedStyle(probe).color)
    }
  probe.remove()
  const text = new XMLSerializer().serializeToString(host.firstElementChild as Element)
  root.unmount()
  return text
}
