import { createUser } from '../src/core/users/create-user.ts'
import type { World } from '../src/core/world.ts'
import type { Scope } from '../src/model/scopes/scope.ts'
import { OPERATOR } from '../src/model/users/actor.ts'
import type { User } from '../src/model/users/user.ts'

/** The user of an example; made at its first run. */
export async function personFor(world: World, handle: string, password: string, scopes?: Scope[]): Promise<User> {
  const known = await world.users.byName(handle)
  return known ?? createUser(world, OPERATOR, { handle, password, ...(scopes && { scopes }) })
}
