import { aboutUser, entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { User } from '../../model/users/user.ts'
import { checkAbove, requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { lastAdmin, whoMustStay } from './last-admin.ts'

/** Deletes a user and everything they own, in one transaction. Their id and number are never used again. */
export async function deleteUser(needs: Needs, act: Act, ask: { userId: string }): Promise<User> {
  requirePermission(act.by, 'deleteUser')
  const user = await needs.users.byId(ask.userId)
  if (!user) throw missing('user', ask.userId)
  checkAbove(act.by, user)
  const deleted = entry(act, 'deleted', aboutUser(user), { at: needs.now(), detail: { handle: user.handle } })
  const gone = await needs.users.delete(user.id, deleted, { leave: whoMustStay(act.by) })
  if (gone === 'last-admin') throw lastAdmin(user)
  if (!gone) throw new Refusal('user-unknown', `user ${user.id} was deleted meanwhile`)
  return user
}

type Needs = Pick<World, 'users' | 'now'>
