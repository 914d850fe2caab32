import type { User } from '../../model/users/user.ts'
import type { World } from '../world.ts'

/** Finds a user by handle, e-mail address or id. */
export const userNamed = async (needs: Needs, name: string): Promise<User | undefined> =>
  (await needs.users.byName(name)) ?? (await needs.users.byId(name))

type Needs = Pick<World, 'users'>
