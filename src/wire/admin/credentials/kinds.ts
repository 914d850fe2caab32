import { type CredentialKind, KINDS } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'

export const KIND_SHOWN = new Map(
  Object.entries(KINDS).map(([kind, { shown }]) => [shown as string, kind as CredentialKind]),
)

/** Parses kinds in a query, separated by commas. */
export function kindsOf(text: string): CredentialKind[] {
  return text.split(',').map(name => {
    const kind = KIND_SHOWN.get(name.trim())
    if (kind) return kind
    throw new Refusal('parameter-invalid', `no kind ${name.slice(0, 40)}`, {
      parameter: 'kind',
      sentence: `The kinds are ${[...KIND_SHOWN.keys()].join(', ')}.`,
    })
  })
}

/** Returns an object without `kinds` if none is named. */
export const someKinds = (text: string | undefined): { kinds?: CredentialKind[] } =>
  text === undefined ? {} : { kinds: kindsOf(text) }
