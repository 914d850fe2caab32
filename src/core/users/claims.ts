import { Refusal } from '../../model/refusals/refusal.ts'
import { SECOND } from '../../model/span.ts'
import {
  ADDRESS_PARTS,
  type ClaimsChange,
  SETTABLE_CLAIMS,
  STANDARD_CLAIMS,
  type UserClaims,
} from '../../model/users/standard-claims.ts'
import type { User } from '../../model/users/user.ts'
import { UNPRINTABLE } from '../clients/name-rules.ts'

/* Standard claims of a person (OpenID Connect Core section 5.1) that no other field contains. */

const LONGEST = 1000

/**
 * Returns the claims after a change; `null` removes a claim. A new address or number is no longer verified. Refuses
 * values of a wrong type, and `asserted` claims that the person sets.
 */
export function changedClaims(
  before: Partial<Pick<User, 'claims' | 'email'>>,
  change: { claims?: ClaimsChange; email?: string | null },
  { by, now }: { by: 'staff' | 'person'; now: number },
): UserClaims {
  const asked = { ...change.claims }
  for (const name of Object.keys(asked)) check(name, asked[name as keyof ClaimsChange], by)
  if (change.email !== undefined && (change.email ?? undefined) !== before.email) asked.email_verified ??= null
  if (asked.phone_number !== undefined && asked.phone_number !== before.claims?.phone_number)
    asked.phone_number_verified ??= null
  const all = Object.entries({ ...before.claims, ...asked }).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  return { ...(Object.fromEntries(all) as UserClaims), updated_at: Math.floor(now / SECOND) }
}

function check(name: string, value: unknown, by: 'staff' | 'person'): void {
  const settable = SETTABLE_CLAIMS.find(one => one === name)
  if (!settable) throw unfit(name, `is not a claim that can be set. These can: ${SETTABLE_CLAIMS.join(', ')}`)
  const { type, from } = STANDARD_CLAIMS[settable]
  if (from === 'asserted' && by === 'person') throw unfit(name, 'is said by staff alone')
  if (value === null || value === undefined) return
  if (type === 'flag' && typeof value !== 'boolean') throw unfit(name, 'is true or false')
  if (type === 'address') checkAddress(value)
  if (type === 'text' || type === 'url') checkText(name, value)
  if (type === 'url' && !/^https?:\/\//i.test(String(value)))
    throw unfit(name, 'is an address that begins with https:// or http://')
}

function checkAddress(value: unknown): void {
  if (typeof value !== 'object' || value === null) throw unfit('address', 'is an object')
  const parts = Object.entries(value).filter(([, text]) => text !== undefined)
  if (parts.length === 0) throw unfit('address', `has at least one of ${ADDRESS_PARTS.join(', ')}`)
  for (const [part, text] of parts) {
    if (!ADDRESS_PARTS.some(one => one === part))
      throw unfit(`address.${part}`, `is not one of ${ADDRESS_PARTS.join(', ')}`)
    checkText(`address.${part}`, text)
  }
}

function checkText(name: string, value: unknown): void {
  const lines = typeof value === 'string' && name.startsWith('address.') ? value.replaceAll(/\r?\n/g, ' ') : value
  if (typeof lines !== 'string' || lines.trim() === '' || lines.length > LONGEST || UNPRINTABLE.test(lines))
    throw unfit(name, `is a text of 1 to ${LONGEST} characters`)
}

const unfit = (name: string, why: string): Refusal =>
  new Refusal('parameter-invalid', `claim ${name.slice(0, 60)}`, {
    parameter: 'claims',
    sentence: `The claim ${name.slice(0, 60)} ${why}.`,
  })
