import { Refusal } from '../refusals/refusal.ts'

/** RFC 8707 section 2: an absolute URI without fragment. Returns its canonical spelling. */
export function readAudience(audience: string): string {
  const fits =
    audience.length <= 500 && /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7E]+$/.test(audience) && !audience.includes('#')
  if (fits && URL.canParse(audience)) return canonicalAudience(audience)
  const host = /^https?:\/\/[^/?#@]*[^!-~]/i.test(audience) && URL.canParse(audience) && new URL(audience).hostname
  throw new Refusal('parameter-invalid', `not an audience: ${audience.slice(0, 100)}`, {
    parameter: 'audience',
    sentence: host
      ? `The audience names an international host: use its ASCII form, ${host}.`
      : 'An audience is an absolute URI without fragment, such as https://api.example.com.',
  })
}

/** A URI in the strict syntax of RFC 3986. Texts that only browsers accept as a URL (tabs, backslashes, a single slash) are not normalized. */
const GENERIC = /^[a-z][a-z0-9+.-]*:(?!\/\/\/)[!-[\]-~]+$/i
const WEB = /^https?:\/\//i

/**
 * Returns one spelling for equivalent URIs (RFC 3986 sections 6.2.2 and 6.2.3): scheme and host in lower case, no
 * default port, no dot segments, percent-encoding only where necessary. A single slash as path stays if it was typed.
 */
export function canonicalAudience(audience: string): string {
  if (!GENERIC.test(audience) || (/^https?:/i.test(audience) && !WEB.test(audience)) || !URL.canParse(audience))
    return audience
  const url = new URL(audience)
  // The URL parser does not change the case of hosts for schemes that browsers do not know.
  const href = url.href.replace(`//${url.host}`, `//${url.host.toLowerCase()}`).replace(/%[0-9a-f]{2}/gi, plainly)
  return isRoot(href) && !audience.endsWith('/') ? href.slice(0, -1) : href
}

/**
 * Compares two audiences. A slash at the end makes no difference: MCP clients add and remove one, and two resource servers
 * that differ in nothing else cannot be registered (core/resources/create-resource.ts).
 */
export const sameAudience = (one: string, other: string): boolean =>
  one === other || slashless(canonicalAudience(one)) === slashless(canonicalAudience(other))

const isRoot = (href: string): boolean => WEB.test(href) && href.endsWith('/') && href.split('/').length === 4
const slashless = (href: string): string => (href.endsWith('/') ? href.slice(0, -1) : href)

/** Decodes letters, digits and - . _ ~, whose encoded form is equivalent (RFC 3986 section 6.2.2.2). */
function plainly(encoded: string): string {
  const char = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
  return /[A-Za-z0-9._~-]/.test(char) ? char : encoded.toUpperCase()
}
