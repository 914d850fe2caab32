import { aboutUser, entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { User } from '../../model/users/user.ts'
import { checkLimit, checkRank, requirePermission } from '../authority.ts'
import { checkDeclared, type ScopeNeeds } from '../resources/scope-rules.ts'
import type { World } from '../world.ts'
import { newUser, type UserFields } from './new-user.ts'
import { checkEmail, checkHandle, nameTaken } from './user-rules.ts'

/**
 * Makes a user. Handles and e-mail addresses are unique together, in any letter case; of two concurrent requests one
 * fails.
 */
export async function createUser(needs: Needs, act: Act, ask: UserFields): Promise<User> {
  const { by } = act
  if (by.is !== 'self-registration') requirePermission(by, 'createUser')
  checkRank(by, ask.role ?? 'user')
  checkLimit(by, ask.scopes ?? null)
  await checkDeclared(needs, ask.scopes ?? [])
  checkHandle(ask.handle)
  if (ask.email !== undefined) checkEmail(ask.email)
  const made = await newUser(needs, ask)
  const user = await needs.users.create(made, entry(act, 'created', aboutUser(made), { at: made.createdAt }))
  if (user === 'name-taken') throw nameTaken(ask)
  return user
}

type Needs = ScopeNeeds & Pick<World, 'users' | 'passwords' | 'rules' | 'now'>
