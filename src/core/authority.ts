import { Refusal } from '../model/refusal.ts'
import { covers, isScope, notCovered, type Scope } from '../model/scope.ts'
import { effectiveScopes, isManagementScope, mayGrant, ROLES, type Role, type User } from '../model/user.ts'

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

/** What this one may do at this moment: what the credential carries, or all that the person may. */
export const powersOf = (by: Grantor): readonly Scope[] =>
  by.scopes ?? (by.user ? effectiveScopes(undefined, by.user) : [])

/** May this one use that management power (`clients:write`)? */
export const holds = (by: Grantor, power: Scope): boolean => isOperator(by) || covers(powersOf(by), power)

export function requirePower(by: Grantor, power: Scope): void {
  if (holds(by, power)) return
  throw new Refusal('permission-missing', `${by.actor} lacks ${power}`, { scopes: [power] })
}

/** Scopes for somebody else's use: well formed, and never more than the giver holds. */
export function checkHandOut(by: Grantor, scopes: readonly Scope[]): void {
  for (const scope of scopes) {
    if (!isScope(scope)) throw new Refusal('scope-unknown', `not a scope: ${scope}`, { parameter: 'scope' })
    const byCredential = by.scopes === undefined || covers(by.scopes, scope)
    if (byCredential && (!by.user || mayGrant(by.user, scope))) continue
    throw new Refusal('scope-too-wide', `${by.actor} may not hand out ${scope}`, {
      parameter: 'scope',
      sentence: `You cannot hand out the scope "${scope}", because you do not hold it.`,
    })
  }
}

/** The limit of a user. None at all (`null`) is for those to give who have none themselves. */
export function checkLimit(by: Grantor, scopes: readonly Scope[] | null): void {
  if (scopes) checkHandOut(by, scopes)
  else if (by.user?.scopes)
    throw new Refusal('scope-too-wide', `${by.actor} is limited and may not make a user who is not`, {
      parameter: 'scopes',
      sentence: 'What you may do is limited, so name the scopes of this user.',
    })
}

/** A role may be given, taken away or touched only by somebody who may do all that it may. */
export function checkRank(by: Grantor, role: Role): void {
  if (isOperator(by)) return
  const beyond = notCovered(powersOf(by), ROLES[role])
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

/** A key acts in its owner's name at every guarded API, so even a narrow one for somebody else takes their rank. */
export function checkKeyFor(by: Grantor, owner: User, scopes: readonly Scope[] | undefined): void {
  if (scopes) checkHandOut(by, scopes)
  if (!scopes || by.user?.id !== owner.id) checkAbove(by, owner)
}

/** Acting on another user, or making what carries their rights, takes at least those rights. */
export function checkAbove(by: Grantor, user: User): void {
  if (isOperator(by) || isOwn(by, user.id)) return
  checkRank(by, user.role)
  const beyond = notCovered(powersOf(by), (user.scopes ?? []).filter(isManagementScope))
  if (beyond.length > 0)
    throw new Refusal('permission-missing', `${by.actor} lacks ${beyond.join(' ')} of ${user.handle}`, {
      sentence: 'You cannot do this to a user who may do more than you.',
    })
}
