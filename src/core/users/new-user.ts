import { randomId } from '../../crypto/credential-format.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import type { ClaimsChange } from '../../model/users/standard-claims.ts'
import type { NewUser, Role } from '../../model/users/user.ts'
import type { World } from '../world.ts'
import { changedClaims } from './claims.ts'
import { hashNewPassword } from './new-password.ts'

/** Builds a user with the password hashed, without storing the user. */
export async function newUser(needs: Pick<World, 'passwords' | 'rules' | 'now'>, ask: UserFields): Promise<NewUser> {
  const password =
    ask.password === undefined ? undefined : await hashNewPassword(needs, ask.password, [ask.handle, ask.email])
  return {
    id: randomId(),
    handle: ask.handle,
    role: ask.role ?? 'user',
    active: true,
    createdAt: needs.now(),
    ...(ask.email !== undefined && { email: ask.email }),
    ...(ask.firstName !== undefined && { firstName: ask.firstName }),
    ...(ask.lastName !== undefined && { lastName: ask.lastName }),
    ...(ask.claims && { claims: changedClaims({}, { claims: ask.claims }, { by: 'staff', now: needs.now() }) }),
    ...(ask.scopes && { scopes: ask.scopes }),
    ...(password && { password }),
  }
}

export type UserFields = {
  handle: string
  email?: string
  firstName?: string
  lastName?: string
  role?: Role
  scopes?: Scope[]
  claims?: ClaimsChange
  password?: string
}
