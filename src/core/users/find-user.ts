import { missing } from '../../model/refusals/missing.ts'
import type { User } from '../../model/users/user.ts'
import type { World } from '../world.ts'
import { userNamed } from './user-named.ts'

/** Finds a user by handle, e-mail address or id. */
export async function findUser(needs: Needs, name: string): Promise<User> {
  const user = await userNamed(needs, name)
  if (!user) throw missing('user', name)
  return user
}

type Needs = Pick<World, 'users'>
