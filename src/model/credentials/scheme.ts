/*
 * Authentication schemes of the Authorization header (RFC 9110 section 11): the spelling of each in a challenge, and
 * its `token_type` (RFC 6749 section 7.1). Challenges and token answers use this table.
 */
export const SCHEMES = {
  bearer: { written: 'Bearer', tokenType: 'Bearer' },
  basic: { written: 'Basic' },
} as const satisfies Record<string, Scheme>
export type SchemeName = keyof typeof SCHEMES
type Scheme = { written: string; tokenType?: string }

/** The `token_type` of answers with an access token (RFC 6749 section 5.1). */
export const TOKEN_TYPE = SCHEMES.bearer.tokenType

/** A challenge (RFC 9110 section 11.6.1) with quoted parameters. Only visible ASCII and spaces remain, and quotes are escaped. */
export function challenge(scheme: string, parameters: Readonly<Record<string, string>> = {}): string {
  const quoted = Object.entries(parameters).map(
    ([name, value]) => `${name}="${value.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`,
  )
  return quoted.length === 0 ? scheme : `${scheme} ${quoted.join(', ')}`
}
