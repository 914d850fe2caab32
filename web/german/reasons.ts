import { REASON_CHOICES, reasonWords } from '../../src/wire/admin/contract.ts'
import { reasonWordsDe } from '../../src/wire/ui/words/reason-words-de.ts'

/** The end of a sentence that says why something was refused. */
export const reasons: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(REASON_CHOICES).map(([name, english]) => [english, reasonWordsDe(name)])),
  [reasonWords(undefined)]: reasonWordsDe(undefined),
}
