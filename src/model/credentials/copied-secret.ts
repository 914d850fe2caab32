import type { RefusalFacts } from '../refusals/refusal.ts'

/* Recognises errors in copying a secret. Our secrets never have these features, so the hint reveals nothing about stored secrets. */

export type CopyFault = 'scheme-inside' | 'line-break'

/** Finds `Bearer ` or another scheme at the start, as in a copied header, or a line break, as `echo` adds one. */
export function copyFault(secret: string): CopyFault | undefined {
  if (/^\s?(?:bearer|basic|token|api-?key)\s/i.test(secret)) return 'scheme-inside'
  return /[\r\n]/.test(secret) ? 'line-break' : undefined
}

export const copySentence = (fault: CopyFault, what: string): string =>
  fault === 'line-break'
    ? `${what} has a line break in it. Send it in one line, exactly as it was shown.`
    : `${what} begins with the name of a scheme, such as Bearer. The scheme stands once, in the header Authorization; everywhere else send the secret alone.`

/** A hint for a refusal of an unknown secret. */
export function copyHint(parameter: string, ...secrets: readonly string[]): RefusalFacts {
  const fault = secrets.map(copyFault).find(found => found !== undefined)
  return fault === undefined ? {} : { parameter, sentence: copySentence(fault, `The ${parameter}`) }
}
