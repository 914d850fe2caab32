import type { Act, UserActor } from '../../model/users/actor.ts'
import type { User } from '../../model/users/user.ts'
import type { Seats } from '../../model/users/workspace.ts'
import type { World } from '../world.ts'

/** The user with all their seats. */
export async function describeMember(needs: Needs, { by: { user } }: Act<UserActor>): Promise<Member> {
  return { user, ...(await needs.workspaces.seatsOf(user.id)) }
}

export type Member = { user: User } & Seats
type Needs = Pick<World, 'workspaces'>
