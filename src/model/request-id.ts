/*
 * The request id is the name of one request: header `x-request-id`, `request_id` in error bodies and in the journal.
 * What a person pastes to have it explained is such an id or a credential; this file says which.
 */

/** Longest id that may be asked for: other systems' ids are longer than ours. */
export const REQUEST_ID_LONGEST = 100
/** As this server makes them: 8 characters of time, 8 of the process, 7 of a count. */
const OWN = /^[0-9a-z]{23}$/
/** Marks of a credential: our prefix, a JWT, `user:token`, a header that was copied whole. */
const CREDENTIAL = /^clv_|\..*\.|[:\s]/

/** `either`: ask for a request of this id first, then for a credential. */
export function readsAs(text: string): 'request' | 'credential' | 'either' {
  if (OWN.test(text)) return 'request'
  return text.length > REQUEST_ID_LONGEST || CREDENTIAL.test(text) ? 'credential' : 'either'
}

/** What stands well in headers, logs and addresses, and cannot be mistaken for a credential. */
const WELL_FORMED = /^[\w.+/=@-]+$/

/** The id that a request brought along, from the one header of that name; absent where it is not well formed. */
export function readRequestId([text, ...more]: readonly string[]): string | undefined {
  const named = text !== undefined && more.length === 0 && WELL_FORMED.test(text) && readsAs(text) !== 'credential'
  return named ? text : undefined
}

/** As this server makes them, where there is no count to go on: 8 characters of time, 15 by chance. */
export function makeRequestId(): string {
  const chance = crypto.getRandomValues(new Uint8Array(15))
  return `${Date.now().toString(36)}${Array.from(chance, byte => (byte % 36).toString(36)).join('')}`
}
