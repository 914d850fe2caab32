import type { World } from '../world.ts'

/** True if there is an owner or admin. Before that, a server offers a set-up link at each start. */
export async function hasAdmin(needs: Needs): Promise<boolean> {
  return (await needs.users.countByRole('owner')) + (await needs.users.countByRole('admin')) > 0
}

type Needs = Pick<World, 'users'>
