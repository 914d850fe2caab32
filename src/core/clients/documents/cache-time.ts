import { DAY, HOUR, MINUTE, SECOND } from '../../../model/span.ts'

const LEAST = MINUTE
const MOST = DAY
/** Where the answer says nothing. */
const STANDARD = HOUR

/** How long an answer may be taken without asking again (RFC 9111 section 4.2), in milliseconds, within a minute and a day. */
export function freshFor(headers: Readonly<Record<string, string>>, now: number): number {
  const control = directives(headers['cache-control'] ?? '')
  if (control.has('no-store') || control.has('no-cache')) return LEAST
  const age = wholeSeconds(headers['age']) ?? 0
  const lifetime = lifetimeOf(control, headers, now) - age
  return Math.min(MOST, Math.max(LEAST, lifetime))
}

/** `s-maxage` counts first: the copy serves all people of this server. An `Expires` that is no date lies in the past (section 5.3). */
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

/** Milliseconds; absent where it is no number of seconds. */
const wholeSeconds = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) * SECOND : undefined

const directives = (header: string): Map<string, string> =>
  new Map(
    header.split(',').map(part => {
      const [name = '', value = ''] = part.split('=', 2)
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')] as const
    }),
  )
