import { Refusal, type RefusalCode } from '../../../model/refusals/refusal.ts'

/* Refusals of a registration (RFC 7591 section 3.2.2): for its redirect URIs, or for other fields. */

export const unfit = (field: string, sentence: string): Refusal =>
  new Refusal('client-metadata-unfit', `unfit ${field}: ${sentence}`, { parameter: field, sentence })

export const redirectUnfit = (sentence: string): Refusal =>
  new Refusal('redirect-unfit', sentence, { parameter: 'redirect_uris', sentence })

/**
 * The rules for all clients (client-rules.ts) refuse with these codes. In a registration, such a refusal is a fault
 * of the metadata.
 */
const OF_SHARED_RULES: ReadonlySet<RefusalCode> = new Set([
  'parameter-invalid',
  'parameter-missing',
  'scope-unknown',
  'scope-too-wide',
])

/** Converts a refusal with one of these codes to a refusal of the metadata. Returns other errors unchanged. */
export function asUnfit(error: unknown): unknown {
  if (!(error instanceof Refusal) || !OF_SHARED_RULES.has(error.code)) return error
  const { parameter = 'client_name' } = error.facts
  if (parameter === 'redirect_uris') return redirectUnfit(error.text)
  return unfit(FIELD_OF[parameter] ?? parameter, error.text)
}

const FIELD_OF: Readonly<Record<string, string>> = { name: 'client_name', scopes: 'scope' }
