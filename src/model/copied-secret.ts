import type { RefusalFacts } from './refusal.ts'

/* What goes wrong when a secret is copied by hand or by a script. No secret of ours can have it, so saying so tells nothing. */

export type CopyFault = 'scheme-inside' | 'line-break'

/** `Bearer ` in front, as in a header that was copied whole; or a line break, as `echo` adds one. */
export function copyFault(secret: string): CopyFault | undefined {
  if (/^\s?(?:bearer|basic|token|api-?key)\s/i.test(secret)) return 'scheme-inside'
  return /[\r\n]/.test(secret) ? 'line-break' : undefined
}

export const copySentence = (fault: CopyFault, what: string): string =>
  fault === 'line-break'
    ? `${what} has a line break in it. Send it in one line, exactly as it was shown.`
    : `${what} begins with the name of a scheme, such as Bearer. The scheme stands once, in the header Authorization; everywhere else send the secret alone.`

/** For a refusal of a secret that nothing stored here matches. */
export function copyHint(parameter: string, ...secrets: readonly string[]): RefusalFacts {
  const fault = secrets.map(copyFault).find(found => found !== undefined)
  return fault === undefined ? {} : { parameter, sentence: copySentence(fault, `The ${parameter}`) }
}
