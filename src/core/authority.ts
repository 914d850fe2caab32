import type { Client } from '../model/clients/client.ts'
import { Refusal } from '../model/refusals/refusal.ts'
import { checkScopes } from '../model/scopes/check-scopes.ts'
import { covers, notCovered, type Scope } from '../model/scopes/scope.ts'
import { type Actor, nameOf, type UserActor } from '../model/users/actor.ts'
import { type OperationName, PERMISSIONS } from '../model/users/permissions.ts'
import { effectiveScopes, isManagementScope, mayGrant, ROLES, type Role, type User } from '../model/users/user.ts'

/*
 * All rules of authority: who may do what to whom. The principle: an actor gives, takes and changes only rights that the
 * actor itself holds. The scopes that each operation needs are in model/users/permissions.ts.
 */

/** The operator on the machine holds every permission, without limits. */
export const isOperator = (by: Actor): boolean => by.is === 'operator'

/** The actor's current permissions: the scopes of the credential, or all that the user may have. */
export function permissionsOf(by: Actor): readonly Scope[] {
  if (by.is === 'user') return by.scopes ?? effectiveScopes(undefined, by.user)
  return by.is === 'client' ? (by.scopes ?? []) : []
}

/** The scopes that the operation needs and the actor lacks. */
export const lackingFor = (by: Actor, operation: OperationName): Scope[] =>
  isOperator(by) ? [] : notCovered(permissionsOf(by), PERMISSIONS[operation].needs)

/** True if the actor may perform the operation on any resource of this installation. */
export const permits = (by: Actor, operation: OperationName): boolean => lackingFor(by, operation).length === 0

export function requirePermission(by: Actor, operation: OperationName): void {
  const lacking = lackingFor(by, operation)
  if (lacking.length === 0) return
  throw new Refusal('permission-missing', `${nameOf(by)} lacks ${lacking.join(' ')}`, {
    scopes: PERMISSIONS[operation].needs,
  })
}

/** Refuses all actors other than the operator on the machine. */
export function requireOperator(by: Actor): void {
  if (!isOperator(by)) throw new Refusal('permission-missing', `${nameOf(by)} is not the operator`)
}

/** Checks scopes that another user or client gets: they must be valid and held by the giver. */
export function checkHandOut(by: Actor, scopes: readonly Scope[]): void {
  checkScopes(scopes)
  for (const scope of scopes) {
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
 * True if the credential carries all management scopes that its user may use. Such a credential may also hand out
 * scopes of APIs that it lacks, because it can make a key with all rights of its user anyway.
 */
const isWhole = ({ user, scopes = [] }: UserActor): boolean =>
  permits({ is: 'user', user, scopes }, 'createCredential') &&
  notCovered(scopes, effectiveScopes(undefined, user).filter(isManagementScope)).length === 0

/**
 * Checks that the actor holds every scope that the application may get, because an actor who decides about its redirect
 * addresses or secrets can get tokens with these scopes.
 */
export function checkPowerOf(by: Actor, { id, scopes, policy }: Pick<Client, 'id' | 'scopes' | 'policy'>): void {
  checkHandOut(by, scopes)
  if (policy.allowedScopes === 'registered' || isOperator(by)) return
  if (by.is === 'user' && by.user.scopes === undefined && (!by.scopes || isWhole(by))) return
  throw new Refusal('scope-too-wide', `${nameOf(by)} does not hold every scope, and ${id} may ask for each`, {
    parameter: 'scope',
    sentence: 'You cannot decide this: the application may ask for every scope, and you do not hold each.',
  })
}

/** Checks the limit that a user gets. Only an unlimited user may set no limit (`null`). */
export function checkLimit(by: Actor, scopes: readonly Scope[] | null): void {
  if (scopes) checkHandOut(by, scopes)
  else if (by.is === 'user' && by.user.scopes)
    throw new Refusal('scope-too-wide', `${nameOf(by)} is limited and may not make a user who is not`, {
      parameter: 'scopes',
      sentence: 'What you may do is limited, so name the scopes of this user.',
    })
}

/** Requires all permissions of a role before the actor may give it, take it away, or change a user who has it. */
export function checkRank(by: Actor, role: Role): void {
  if (isOperator(by)) return
  const beyond = notCovered(permissionsOf(by), ROLES[role])
  if (beyond.length > 0)
    throw new Refusal('permission-missing', `${nameOf(by)} lacks ${beyond.join(' ')} of the role ${role}`, {
      sentence: `You cannot do this with the role "${role}", because it may do more than you.`,
    })
}

/** True for a person in a session of the console who owns the thing. False for tokens. */
export const isOwn = (by: Actor, ownerId: string | undefined): boolean =>
  by.is === 'user' && by.scopes === undefined && by.user.id === ownerId

/** True if the user acts on their own account, also with a token. A token does not prove that the person is present. */
export const isSelf = (by: Actor, userId: string): by is UserActor => by.is === 'user' && by.user.id === userId

/**
 * True for the owner and for staff with this permission. For other actors the thing must look as if it did not exist.
 */
export const mayTouch = (by: Actor, ownerId: string | undefined, operation: OperationName): boolean =>
  permits(by, operation) || isOwn(by, ownerId)

/**
 * At every guarded API, a key acts in the name of its owner. A key for another user therefore requires that user's rank,
 * even with few scopes.
 */
export function checkKeyFor(by: Actor, owner: User, scopes: readonly Scope[] | undefined): void {
  if (scopes) checkHandOut(by, scopes)
  if (!scopes || by.is !== 'user' || by.user.id !== owner.id) checkAbove(by, owner)
}

/** Requires at least the rights of a user before the actor changes that user or makes a credential with these rights. */
export function checkAbove(by: Actor, user: User): void {
  if (isOperator(by) || isOwn(by, user.id)) return
  checkRank(by, user.role)
  const beyond = notCovered(permissionsOf(by), (user.scopes ?? []).filter(isManagementScope))
  if (beyond.length > 0)
    throw new Refusal('permission-missing', `${nameOf(by)} lacks ${beyond.join(' ')} of ${user.handle}`, {
      sentence: 'You cannot do this to a user who may do more than you.',
    })
}
