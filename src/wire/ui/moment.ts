import { html } from 'ghtml'
import { DAY, HOUR, YEAR } from '../../model/span.ts'
import type { PageRequest } from './page-request.ts'

/** A relative time; the tooltip and screen readers give the exact one. */
export function moment({ language }: Pick<PageRequest, 'language'>, at: number | undefined, absent: string): string {
  if (at === undefined) return absent
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return html`<time datetime="${new Date(at).toISOString()}" title="${exact.format(at)} UTC">${relative(language, at - Date.now())}</time>`
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', YEAR],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', 60_000],
]

function relative(language: string, milliseconds: number): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const [unit, size] = UNITS.find(([, size]) => Math.abs(milliseconds) >= size) ?? ['second', 1000]
  return format.format(Math.round(milliseconds / size), unit)
}
