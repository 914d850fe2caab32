import type { Act, UserActor } from '../../model/actor.ts'
import type { User } from '../../model/user.ts'
import type { Seats } from '../../model/workspace.ts'
import type { World } from '../world.ts'

/** The user with all their seats. */
export async function describeMember(needs: Needs, { by: { user } }: Act<UserActor>): Promise<Member> {
  return { user, ...(await needs.workspaces.seatsOf(user.id)) }
}

export type Member = { user: User } & Seats
type Needs = Pick<World, 'workspaces'>
