import { DAY, HOUR, MINUTE, SECOND } from '../../../model/span.ts'

const LEAST = MINUTE
const MOST = DAY
/** The lifetime of an answer that names none. */
const STANDARD = HOUR

/**
 * Returns how long an answer may be used without a new request (RFC 9111 section 4.2): between a minute and a day, in
 * milliseconds.
 */
export function freshFor(headers: Readonly<Record<string, string>>, now: number): number {
  const control = directives(headers['cache-control'] ?? '')
  if (control.has('no-store') || control.has('no-cache')) return LEAST
  const age = wholeSeconds(headers['age']) ?? 0
  const lifetime = lifetimeOf(control, headers, now) - age
  return Math.min(MOST, Math.max(LEAST, lifetime))
}

/**
 * Prefers `s-maxage`, because all users of this server share the copy. An `Expires` that is not a date counts as
 * expired (section 5.3).
 */
function lifetimeOf(
  control: ReadonlyMap<string, string>,
  { expires, date }: Readonly<Record<string, string>>,
  now: number,
): number {
  const named = wholeSeconds(control.get('s-maxage')) ?? wholeSeconds(control.get('max-age'))
  if (named !== undefined) return named
  if (expires === undefined) return STANDARD
  const [end, start] = [Date.parse(expires), date === undefined ? Number.NaN : Date.parse(date)]
  return Number.isNaN(end) ? 0 : end - (Number.isNaN(start) ? now : start)
}

/** Converts seconds to milliseconds; `undefined` if the text is not a number of seconds. */
const wholeSeconds = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) * SECOND : undefined

const directives = (header: string): Map<string, string> =>
  new Map(
    header.split(',').map(part => {
      const [name = '', value = ''] = part.split('=', 2)
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')] as const
    }),
  )
