import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, UserActor } from '../../model/users/actor.ts'
import { lastAdmin } from '../users/last-admin.ts'
import type { World } from '../world.ts'

/** Deletes the user's own account. Refused if a workspace or model would have no administrator left. */
export async function deleteMember(needs: Needs, act: Act<UserActor>): Promise<void> {
  const { user } = act.by
  const deleted = entry(act, 'deleted', aboutUser(user), { at: needs.now(), detail: { handle: user.handle } })
  const gone = await needs.users.delete(user.id, deleted, { leave: 'an-admin', seats: 'none-as-admin' })
  if (gone === 'last-admin') throw lastAdmin(user)
  if (typeof gone === 'string') throw new Refusal(gone, `${user.id} administers something`)
}

type Needs = Pick<World, 'users' | 'now'>
