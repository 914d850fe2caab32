/** When something stops being recommended, and when it stops working. Dates as `2027-06-30`, or `Date`. */
export type Sunset = { deprecated?: string | Date; sunset?: string | Date; link?: string }

/** RFC 9745 section 2.1 (`Deprecation`) and RFC 8594 section 3 (`Sunset`) as headers. */
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
