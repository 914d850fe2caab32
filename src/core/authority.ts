import type { Client } from '../model/client.ts'
import { Refusal } from '../model/refusal.ts'
import { covers, isScope, notCovered, type Scope } from '../model/scope.ts'
import { isManagementScope, mayGrant, ROLES, type Role, type User } from '../model/user.ts'

/* Who may give what to whom. One rule: nobody gives, takes or touches more than they hold themselves. */

/** Who acts. With neither user nor scopes it is the operator at the machine, who holds everything. */
export type Grantor = {
  actor: string
  user?: User
  /** What the presented credential carries; absent for a person at the console, who acts with the whole role. */
  scopes?: readonly Scope[]
}

export const OPERATOR: Grantor = { actor: 'operator' }
export const isOperator = (by: Grantor): boolean => by.user === undefined && by.scopes === undefined

/** May this one use that management power (`clients:write`)? */
export const holds = (by: Grantor, power: Scope): boolean =>
  isOperator(by) || covers(by.scopes ?? (by.user ? ROLES[by.user.role] : []), power)

export function requirePower(by: Grantor, power: Scope): void {
  if (holds(by, power)) return
  throw new Refusal('permission-missing', `${by.actor} lacks ${power}`, { scopes: [power] })
}

/** Scopes for somebody else's use: well formed, and never more than the giver holds. */
export function checkHandOut(by: Grantor, scopes: readonly Scope[]): void {
  for (const scope of scopes) {
    if (!isScope(scope)) throw new Refusal('scope-unknown', `not a scope: ${scope}`, { parameter: 'scope' })
    const byCredential = by.scopes === undefined || !isManagementScope(scope) || covers(by.scopes, scope)
    if (byCredential && (!by.user || mayGrant(by.user, scope))) continue
    throw new Refusal('scope-too-wide', `${by.actor} may not hand out ${scope}`, {
      parameter: 'scope',
      sentence: `You cannot hand out the scope "${scope}", because you do not hold it.`,
    })
  }
}

/** A role may be given, taken away or touched only by somebody who may do all that it may. */
export function checkRank(by: Grantor, role: Role): void {
  if (isOperator(by)) return
  const beyond = notCovered(by.scopes ?? (by.user ? ROLES[by.user.role] : []), ROLES[role])
  if (beyond.length > 0)
    throw new Refusal('permission-missing', `${by.actor} lacks ${beyond.join(' ')} of the role ${role}`, {
      sentence: `You cannot do this with the role "${role}", because it may do more than you.`,
    })
}

/** A person at the console, about what is theirs. */
export const isOwn = (by: Grantor, ownerId: string | undefined): boolean =>
  by.user !== undefined && by.scopes === undefined && by.user.id === ownerId

/** Is it theirs, or are they staff for this? Whoever is neither is told that there is no such thing. */
export const mayTouch = (by: Grantor, ownerId: string | undefined, power: Scope): boolean =>
  holds(by, power) || isOwn(by, ownerId)

export const mayTouchClient = (by: Grantor, client: Pick<Client, 'ownerId'>): boolean =>
  mayTouch(by, client.ownerId, 'clients:write')
