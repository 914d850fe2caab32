/** `deprecated` is the day from which something is no longer recommended, `sunset` the day on which it stops working. Dates as `2027-06-30`, or `Date`. */
export type Sunset = { deprecated?: string | Date; sunset?: string | Date; link?: string }

/** Returns the headers `Deprecation` (RFC 9745 section 2.1) and `Sunset` (RFC 8594 section 3). */
export function announce(ending: Sunset | undefined): Record<string, string> {
  if (!ending) return {}
  const headers: Record<string, string> = {}
  if (ending.deprecated !== undefined)
    headers['deprecation'] = `@${Math.floor(timeOf(ending.deprecated).getTime() / 1000)}`
  if (ending.sunset !== undefined) headers['sunset'] = timeOf(ending.sunset).toUTCString()
  if (ending.link !== undefined) headers['link'] = `<${ending.link}>; rel="sunset"`
  return headers
}

function timeOf(date: string | Date): Date {
  const time = new Date(date)
  if (Number.isNaN(time.getTime())) throw new Error(`not a date: ${String(date)}`)
  return time
}
