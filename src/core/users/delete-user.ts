import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { checkAbove, type Grantor, requirePower } from '../authority.ts'
import type { Source, World } from '../world.ts'
import { lastAdmin, whoMustStay } from './change-user.ts'

/** Removes a user. Everything they owned dies in the same transaction; their id and number are never given again. */
export async function deleteUser(needs: Needs, by: Grantor, ask: { userId: string; from: Source }): Promise<User> {
  requirePower(by, 'users:write')
  const user = await needs.users.byId(ask.userId)
  if (!user) throw new Refusal('user-unknown', `no user ${ask.userId}`)
  checkAbove(by, user)
  const entry = {
    at: needs.now(),
    event: 'deleted' as const,
    about: 'user',
    aboutId: user.id,
    actor: by.actor,
    userId: user.id,
    detail: { handle: user.handle },
    ...ask.from,
  }
  const gone = await needs.users.delete(user.id, entry, { leave: whoMustStay(by) })
  if (gone === 'last-admin') throw lastAdmin(user)
  if (!gone) throw new Refusal('user-unknown', `user ${user.id} was deleted meanwhile`)
  return user
}

type Needs = Pick<World, 'users' | 'now'>
