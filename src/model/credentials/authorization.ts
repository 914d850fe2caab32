/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const SPACE = 0x20

/** RFC 9110 section 11.4: a scheme in any letter case (returned in lower case), one or more spaces, then the value. Takes linear time. */
export function parseAuthorization(text: string): { scheme: string; value: string } | undefined {
  const start = afterSpaces(text, 0)
  let end = text.length
  while (end > start && text.charCodeAt(end - 1) === SPACE) end--
  const space = text.indexOf(' ', start)
  const schemeEnd = space < 0 ? end : Math.min(space, end)
  const scheme = text.slice(start, schemeEnd)
  if (!TOKEN.test(scheme)) return undefined
  return { scheme: scheme.toLowerCase(), value: text.slice(afterSpaces(text, schemeEnd), end) }
}

function afterSpaces(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === SPACE) at++
  return at
}
