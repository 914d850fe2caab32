import { Refusal } from './refusal.ts'

const LONGEST = 100

/**
 * What was named does not exist, or not for this actor: the sentence names what was given, as it was given.
 * `by` is for the log: who looked.
 */
export function missing(thing: string, given: string, by?: string): Refusal {
  const code = thing === 'user' ? 'user-unknown' : 'not-found'
  const named = quoted(given)
  return new Refusal(code, `no ${thing} ${named}${by === undefined ? '' : ` for ${by}`}`, {
    sentence: `There is no ${thing} ${named}.`,
  })
}

/** `"ada"`, fit to be printed: one line of limited length, and a secret that was given for a name is not repeated. */
export function quoted(given: string): string {
  const printable = given.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�')
  if (/^clv_(?!cid_)/.test(printable)) return `"${printable.slice(0, 8)}…${printable.slice(-4)}"`
  return `"${printable.length > LONGEST ? `${printable.slice(0, LONGEST)}…` : printable}"`
}
