import { Refusal } from '../../model/refusals/refusal.ts'
import { checkScopes } from '../../model/scopes/check-scopes.ts'
import { notCovered, type Scope } from '../../model/scopes/scope.ts'
import { effectiveScopes, type User } from '../../model/users/user.ts'
import { UNPRINTABLE } from '../clients/name-rules.ts'

/* Rules for the fields of keys and tokens, when they are made and when they are changed. */

const LONGEST_NOTE = 1000
const MOST_METADATA = 50
const LONGEST_VALUE = 500
const KEY = /^[A-Za-z0-9_.:-]{1,64}$/
/** A note may contain line breaks and tabs, but no other control characters. */
const LINES = /\r?\n|\t/g

export function checkNote(note: string): string {
  if (note.length > LONGEST_NOTE || UNPRINTABLE.test(note.replaceAll(LINES, ' ')))
    throw new Refusal('parameter-invalid', `a note of ${note.length} characters`, {
      parameter: 'note',
      sentence: `A note has at most ${LONGEST_NOTE} characters, and no control or direction characters.`,
    })
  return note
}

/** Names and values for other programs. No decision of this server uses them. */
export function readMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> | null {
  const pairs = Object.entries(metadata)
  const unfit = pairs.find(
    ([key, value]) => !KEY.test(key) || value.length > LONGEST_VALUE || UNPRINTABLE.test(value.replaceAll(LINES, ' ')),
  )
  if (unfit || pairs.length > MOST_METADATA)
    throw new Refusal('parameter-invalid', `metadata ${unfit?.[0].slice(0, 64) ?? pairs.length}`, {
      parameter: 'metadata',
      sentence: `Metadata are at most ${MOST_METADATA} texts of up to ${LONGEST_VALUE} characters, under names of letters, digits and _ . : - (up to 64).`,
    })
  return pairs.length > 0 ? Object.fromEntries(pairs) : null
}

export function checkEnd(expiresAt: number, now: number): void {
  if (expiresAt > now) return
  throw new Refusal('parameter-invalid', 'expiry in the past', {
    parameter: 'expires_at',
    sentence: 'The expiry lies in the past.',
  })
}

/** Removes duplicates and refuses texts that are not scopes. */
export function readScopes(scopes: readonly Scope[]): Scope[] {
  checkScopes(scopes, 'scopes')
  return [...new Set(scopes)]
}

/** Refuses scopes that the owner may not use, because they would have no effect. */
export function checkWithinOwner(owner: User, scopes: readonly Scope[]): void {
  const beyond = notCovered(effectiveScopes(scopes, owner), scopes)
  if (beyond.length === 0) return
  throw new Refusal('scope-too-wide', `${owner.handle} may not use ${beyond.join(' ')}`, {
    parameter: 'scopes',
    sentence: `The owner of this credential may not use "${beyond.join(' ')}", so it cannot carry that.`,
  })
}
