import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import type { World } from '../world.ts'

/** By handle, e-mail address or id. */
export async function findUser(needs: Needs, name: string): Promise<User> {
  const user = (await needs.users.byName(name)) ?? (await needs.users.byId(name))
  if (!user) throw new Refusal('user-unknown', `no user ${name.slice(0, 100)}`, { parameter: 'user' })
  return user
}

type Needs = Pick<World, 'users'>
