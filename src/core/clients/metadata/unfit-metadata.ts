import { Refusal, type RefusalCode } from '../../../model/refusals/refusal.ts'

/* Refusals of a registration (RFC 7591 section 3.2.2): for its redirect URIs, or for other fields. */

export const unfit = (field: string, sentence: string): Refusal =>
  new Refusal('client-metadata-unfit', `unfit ${field}: ${sentence}`, { parameter: field, sentence })

export const redirectUnfit = (sentence: string): Refusal =>
  new Refusal('redirect-unfit', sentence, { parameter: 'redirect_uris', sentence })

/** Codes of the rules for all clients that count as faults of the metadata. */
const OF_SHARED_RULES: ReadonlySet<RefusalCode> = new Set([
  'parameter-invalid',
  'parameter-missing',
  'scope-unknown',
  'scope-too-wide',
])

/** Converts a refusal of these rules to one of the metadata. Other errors do not change. */
export function asUnfit(error: unknown): unknown {
  if (!(error instanceof Refusal) || !OF_SHARED_RULES.has(error.code)) return error
  const { parameter = 'client_name' } = error.facts
  if (parameter === 'redirect_uris') return redirectUnfit(error.text)
  return unfit(FIELD_OF[parameter] ?? parameter, error.text)
}

const FIELD_OF: Readonly<Record<string, string>> = { name: 'client_name', scopes: 'scope' }
