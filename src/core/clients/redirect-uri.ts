import { type Client, isOutOfBand, type Policy } from '../../model/clients/client.ts'
import { isPrivateHost } from '../../model/networks.ts'
import { Refusal } from '../../model/refusals/refusal.ts'

export const LONGEST_URI = 2000

const DANGEROUS = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'blob:',
  'about:',
  'filesystem:',
  'view-source:',
])

/**
 * Accepts only redirect URIs with one meaning, because they are compared as text: absolute, without fragment, user info,
 * wildcards and dot segments; https, a loopback address, or a private scheme (RFC 8252 section 7). Plain http to other
 * machines requires the policy.
 */
export function checkRedirectUri(
  uri: string,
  { outOfBand, httpRedirects }: Pick<Policy, 'outOfBand' | 'httpRedirects'>,
): void {
  const refuse = (why: string): void => {
    throw new Refusal('parameter-invalid', `redirect address ${uri.slice(0, 200)}: ${why}`, {
      parameter: 'redirect_uris',
      sentence: `The redirect address ${why}.`,
    })
  }
  if (isOutOfBand(uri)) {
    if (outOfBand === 'refused') refuse('is out-of-band, which this client may not use')
    return
  }
  if (uri.length > LONGEST_URI) refuse(`is longer than ${LONGEST_URI} characters`)
  const international = internationalHost(uri)
  if (international) refuse(international)
  if (!/^[\x21-\x7E]+$/.test(uri)) refuse('has characters that must be percent-encoded')
  if (/[\\*<>"`{}|^]/.test(uri)) refuse('has a backslash, wildcard or other character that is not allowed')
  if (uri.includes('#')) refuse('has a fragment')
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1]?.toLowerCase()
  if (!scheme || !URL.canParse(uri)) {
    refuse('is not an absolute URI')
    return
  }
  if (DANGEROUS.has(`${scheme}:`)) refuse('has a scheme that can run code or read files')
  if (scheme !== 'http' && scheme !== 'https') return
  const url = new URL(uri)
  if (url.username || url.password || /^https?:\/\/[^/?#]*@/i.test(uri)) refuse('has user information in it')
  if (
    /%2e|%2f|%5c|\/\.{1,2}(?:[/;?]|$)/i.test(
      url.pathname +
        uri
          .slice(uri.indexOf('//') + 2)
          .replace(/^[^/?]*/, '')
          .split('?', 1)[0],
    )
  )
    refuse('has dot segments or encoded slashes in its path')
  if (scheme !== 'http' || isThisMachine(url.hostname) || httpRedirects === 'allowed') return
  if (httpRedirects === 'loopback') refuse('must use https; http is for loopback addresses only')
  if (!isPrivateHost(url.hostname)) refuse('must use https; http is for loopback addresses and private networks only')
}

/** Returns the problem with a host that is not ASCII: browsers send its ASCII form, which differs as text. */
export function internationalHost(uri: string): string | undefined {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(uri)?.[1] ?? ''
  if (/^[!-$&-~]*$/.test(authority) || authority.includes('@') || !URL.canParse(uri)) return undefined
  return `names an international host: use its ASCII form, ${new URL(uri).hostname}`
}

export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)

/** Names below localhost are also this machine (RFC 6761 section 6.3). */
const isThisMachine = (hostname: string): boolean =>
  isLoopback(hostname) || /^(?:[a-z0-9-]{1,63}\.)+localhost$/.test(hostname)

/** A public client without an application type counts as native. */
const isNative = ({ type, metadata: { applicationType } }: Pick<Client, 'type' | 'metadata'>): boolean =>
  applicationType === undefined ? type === 'public' : applicationType === 'native'

/**
 * RFC 9700 section 2.1: compares as text. The port may differ for a loopback IP literal, because a native application
 * listens on any free port (RFC 8252 section 7.3); for `localhost`, only if the client is native. A loopback host does
 * not match another one.
 */
export function matchesRedirect(registered: string, asked: string, client: Pick<Client, 'type' | 'metadata'>): boolean {
  if (registered === asked) return true
  const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?((?:[/?].*)?)$/
  const [left, right] = [loopback.exec(registered), loopback.exec(asked)]
  if (left?.[1] === 'http://localhost' && !isNative(client)) return false
  return left !== null && right !== null && left[1] === right[1] && left[2] === right[2]
}
