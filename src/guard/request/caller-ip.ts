/** IPv4 in its usual form of four decimal numbers. */
const PLAIN = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/
const LONGEST = 100

/**
 * Extracts the IP address from the address that a framework reports. That text may include a port, and behind a proxy
 * it may be any text. Text without an IP address becomes `undefined`, so a strange header does not make the question to
 * the server invalid.
 */
export function callerIp(text: string | undefined): string | undefined {
  if (text === undefined || PLAIN.test(text)) return text
  if (text.length > LONGEST) return undefined
  const bare = text
    .trim()
    .replace(/^"([^"]*)"$/, '$1')
    .replace(/%[^\]]*/, '')
  return [bare, `[${bare}]`].map(hostOf).find(host => host !== undefined)
}

function hostOf(authority: string): string | undefined {
  if (!/^[\da-f.:[\]]+$/i.test(authority) || !URL.canParse(`http://${authority}`)) return undefined
  const { hostname } = new URL(`http://${authority}`)
  if (hostname.startsWith('[')) return hostname.slice(1, -1)
  // URLs also accept 127.1 and 0x7f.1; the address of a caller must have four numbers.
  return PLAIN.test(authority.split(':', 1)[0] as string) ? hostname : undefined
}
