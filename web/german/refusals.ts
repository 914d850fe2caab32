import { refusalsDe } from '../../src/wire/ui/words/refusals-de.ts'
import { type Refused, refusedDe } from '../../src/wire/ui/words/refused-de.ts'

type Part = string | undefined
/** A problem of the management API (RFC 9457), as far as its text is made of it. */
export type Told = { code?: Part; title?: Part; detail?: Part; parameter?: Part }

/** The German of a problem, or undefined for a code of another version. Particulars without German follow as they came. */
export function problemDe({ code, title, detail, parameter }: Told): string | undefined {
  if (code === undefined || !Object.hasOwn(refusalsDe, code)) return undefined
  const of = { code, parameter } as Refused
  const sentence = detail === title ? undefined : detail
  const said = refusedDe({ ...of, sentence })
  return sentence !== undefined && said === refusedDe(of) ? `${said} ${sentence}` : said
}
