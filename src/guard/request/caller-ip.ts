/** IPv4 as it is usually written. */
const PLAIN = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/
const LONGEST = 100

/**
 * The address in what a framework calls one: some keep the port that a gateway wrote, and behind a proxy it may be any
 * text. What names no address is none, so a strange header never makes the question itself wrong.
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
  // URLs also know 127.1 and 0x7f.1; an address of a caller has its four numbers.
  return PLAIN.test(authority.split(':', 1)[0] as string) ? hostname : undefined
}
