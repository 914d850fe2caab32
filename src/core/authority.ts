import { type Actor, nameOf, type UserActor } from '../model/actor.ts'
import { type OperationName, PERMISSIONS } from '../model/permissions.ts'
import { Refusal } from '../model/refusal.ts'
import { covers, isScope, notCovered, type Scope } from '../model/scope.ts'
import { effectiveScopes, isManagementScope, mayGrant, ROLES, type Role, type User } from '../model/user.ts'

/* Authority, decided here alone. One rule: an actor gives, takes and touches no more than it holds itself. */

/** The operator at the machine holds every permission and is bound by no limit. */
export const isOperator = (by: Actor): boolean => by.is === 'operator'

/** Permissions at this moment: what the credential carries, or all that the person may. */
export function permissionsOf(by: Actor): readonly Scope[] {
  if (by.is === 'user') return by.scopes ?? effectiveScopes(undefined, by.user)
  return by.is === 'client' ? (by.scopes ?? []) : []
}

/** Scopes of the operation that the actor does not hold. */
export const lackingFor = (by: Actor, operation: OperationName): Scope[] =>
  isOperator(by) ? [] : notCovered(permissionsOf(by), PERMISSIONS[operation].needs)

/** May this actor do that, with anything of this installation? */
export const permits = (by: Actor, operation: OperationName): boolean => lackingFor(by, operation).length === 0

export function requirePermission(by: Actor, operation: OperationName): void {
  const lacking = lackingFor(by, operation)
  if (lacking.length === 0) return
  throw new Refusal('permission-missing', `${nameOf(by)} lacks ${lacking.join(' ')}`, {
    scopes: PERMISSIONS[operation].needs,
  })
}

/** What only the operator at the machine may do. */
export function requireOperator(by: Actor): void {
  if (!isOperator(by)) throw new Refusal('permission-missing', `${nameOf(by)} is not the operator`)
}

/** Scopes for another user's or client's use: well formed, and never more than the giver holds. */
export function checkHandOut(by: Actor, scopes: readonly Scope[]): void {
  for (const scope of scopes) {
    if (!isScope(scope)) throw new Refusal('scope-unknown', `not a scope: ${scope}`, { parameter: 'scope' })
    if (mayHandOut(by, scope)) continue
    throw new Refusal('scope-too-wide', `${nameOf(by)} may not hand out ${scope}`, {
      parameter: 'scope',
      sentence: `You cannot hand out the scope "${scope}", because you do not hold it.`,
    })
  }
}

function mayHandOut(by: Actor, scope: Scope): boolean {
  if (by.is === 'user') return (!by.scopes || covers(by.scopes, scope) || isWhole(by)) && mayGrant(by.user, scope)
  if (by.is === 'client') return covers(by.scopes ?? [], scope)
  return isOperator(by)
}

/**
 * A credential that carries all that a role of staff may do stands for the person: with less than that it could make a
 * user and sign in as them. So it hands out what its user may, also scopes of APIs, which no role holds.
 */
const isWhole = ({ user, scopes = [] }: UserActor): boolean =>
  permits({ is: 'user', user, scopes }, 'createCredential') && notCovered(scopes, ROLES[user.role]).length === 0

/** The limit of a user. No limit at all (`null`) is given only by users who have none themselves. */
export function checkLimit(by: Actor, scopes: readonly Scope[] | null): void {
  if (scopes) checkHandOut(by, scopes)
  else if (by.is === 'user' && by.user.scopes)
    throw new Refusal('scope-too-wide', `${nameOf(by)} is limited and may not make a user who is not`, {
      parameter: 'scopes',
      sentence: 'What you may do is limited, so name the scopes of this user.',
    })
}

/** A role may be given, taken away or touched only by an actor who may do all that it may. */
export function checkRank(by: Actor, role: Role): void {
  if (isOperator(by)) return
  const beyond = notCovered(permissionsOf(by), ROLES[role])
  if (beyond.length > 0)
    throw new Refusal('permission-missing', `${nameOf(by)} lacks ${beyond.join(' ')} of the role ${role}`, {
      sentence: `You cannot do this with the role "${role}", because it may do more than you.`,
    })
}

/** A person at the console, about what is theirs. */
export const isOwn = (by: Actor, ownerId: string | undefined): boolean =>
  by.is === 'user' && by.scopes === undefined && by.user.id === ownerId

/** Is it about the very user who acts? A credential proves its power, not that the person is present. */
export const isSelf = (by: Actor, userId: string): by is UserActor => by.is === 'user' && by.user.id === userId

/** Requires ownership, or staff with this permission; for all others the thing does not exist. */
export const mayTouch = (by: Actor, ownerId: string | undefined, operation: OperationName): boolean =>
  permits(by, operation) || isOwn(by, ownerId)

/** A key acts in its owner's name at every guarded API, so even a narrow one for another user needs that user's rank. */
export function checkKeyFor(by: Actor, owner: User, scopes: readonly Scope[] | undefined): void {
  if (scopes) checkHandOut(by, scopes)
  if (!scopes || by.is !== 'user' || by.user.id !== owner.id) checkAbove(by, owner)
}

/** Acting on another user, or making what carries their rights, takes at least those rights. */
export function checkAbove(by: Actor, user: User): void {
  if (isOperator(by) || isOwn(by, user.id)) return
  checkRank(by, user.role)
  const beyond = notCovered(permissionsOf(by), (user.scopes ?? []).filter(isManagementScope))
  if (beyond.length > 0)
    throw new Refusal('permission-missing', `${nameOf(by)} lacks ${beyond.join(' ')} of ${user.handle}`, {
      sentence: 'You cannot do this to a user who may do more than you.',
    })
}
