/*
 * The request id names one request: in the header `x-request-id`, and as `request_id` in error bodies and the journal.
 * A text that a person enters for explanation is a request id or a credential; this file tells which.
 */

/** The longest request id that is accepted; ids of other systems are longer than ours. */
export const REQUEST_ID_LONGEST = 100
/** The format of this server: 8 characters of time, 8 of the process, 7 of a counter. */
const OWN = /^[0-9a-z]{23}$/
/** Features of a credential: our prefix, a JWT, `user:token`, a copied header. */
const CREDENTIAL = /^clv_|\..*\.|[:\s]/

/** `either`: look for a request with this id first, then for a credential. */
export function readsAs(text: string): 'request' | 'credential' | 'either' {
  if (OWN.test(text)) return 'request'
  return text.length > REQUEST_ID_LONGEST || CREDENTIAL.test(text) ? 'credential' : 'either'
}

/** Characters that are safe in headers, logs and addresses. `readsAs` excludes credentials. */
const WELL_FORMED = /^[\w.+/=@-]+$/

/** Returns the id from the single `x-request-id` header; `undefined` if it is absent, repeated or malformed. */
export function readRequestId([text, ...more]: readonly string[]): string | undefined {
  const named = text !== undefined && more.length === 0 && WELL_FORMED.test(text) && readsAs(text) !== 'credential'
  return named ? text : undefined
}

/** Makes an id in the format of this server without a counter: 8 characters of time, 15 random ones. */
export function makeRequestId(): string {
  const chance = crypto.getRandomValues(new Uint8Array(15))
  return `${Date.now().toString(36)}${Array.from(chance, byte => (byte % 36).toString(36)).join('')}`
}
