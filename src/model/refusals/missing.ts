import { Refusal } from './refusal.ts'

const LONGEST = 100

/**
 * A refusal because the named thing does not exist, or is not visible to this actor. The sentence quotes the given
 * name. `by` names the actor for the log.
 */
export function missing(thing: string, given: string, by?: string, advice?: string): Refusal {
  const code = thing === 'user' ? 'user-unknown' : 'not-found'
  const named = quoted(given)
  return new Refusal(code, `no ${thing} ${named}${by === undefined ? '' : ` for ${by}`}`, {
    sentence: [`There is no ${thing} ${named}.`, advice].filter(Boolean).join(' '),
  })
}

/** Quotes a text for display: one line of limited length. A secret that was given instead of a name is shortened. */
export function quoted(given: string): string {
  const printable = given.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�')
  if (/^clv_(?!cid_)/.test(printable)) return `"${printable.slice(0, 8)}…${printable.slice(-4)}"`
  return `"${printable.length > LONGEST ? `${printable.slice(0, LONGEST)}…` : printable}"`
}
