import { Refusal, type RefusalCode } from '../../../model/refusal.ts'

/* How a registration is refused (RFC 7591 section 3.2.2): its redirect addresses, or anything else in it. */

export const unfit = (field: string, sentence: string): Refusal =>
  new Refusal('client-metadata-unfit', `unfit ${field}: ${sentence}`, { parameter: field, sentence })

export const redirectUnfit = (sentence: string): Refusal =>
  new Refusal('redirect-unfit', sentence, { parameter: 'redirect_uris', sentence })

/** What the rules that all clients share refuse, as a fault of the metadata. */
const OF_SHARED_RULES: ReadonlySet<RefusalCode> = new Set([
  'parameter-invalid',
  'parameter-missing',
  'scope-unknown',
  'scope-too-wide',
])

/** Turns a refusal of the shared rules into one of the metadata; others stay as they are. */
export function asUnfit(error: unknown): unknown {
  if (!(error instanceof Refusal) || !OF_SHARED_RULES.has(error.code)) return error
  const { parameter = 'client_name' } = error.facts
  if (parameter === 'redirect_uris') return redirectUnfit(error.text)
  return unfit(FIELD_OF[parameter] ?? parameter, error.text)
}

const FIELD_OF: Readonly<Record<string, string>> = { name: 'client_name', scopes: 'scope' }
