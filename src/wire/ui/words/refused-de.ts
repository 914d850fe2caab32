import type { RefusalCode } from '../../../model/refusals/refusal.ts'
import { detailDe } from './details-de.ts'
import { refusalsDe } from './refusals-de.ts'

/** What is known of a refusal: its code, the sentence of the decision if there is one, and the parameter at fault. */
export type Refused = { code: RefusalCode; sentence?: string | undefined; parameter?: string | undefined }

/** A refusal in German: the sentence of the decision, else that of the code with the parameter. */
export function refusedDe({ code, sentence, parameter }: Refused): string {
  const precise = sentence === undefined ? undefined : detailDe(sentence)
  if (precise !== undefined) return precise
  return parameter === undefined ? refusalsDe[code] : `${refusalsDe[code]} (${parameter})`
}
