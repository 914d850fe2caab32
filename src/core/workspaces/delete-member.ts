import { Refusal } from '../../model/refusal.ts'
import { lastAdmin } from '../users/change-user.ts'
import type { Source, World } from '../world.ts'
import type { TokenHolder } from './update-member.ts'

/** Somebody deletes their own account; not while a workspace or a model would be left without its administrator. */
export async function deleteMember(needs: Needs, { user }: TokenHolder, ask: { from: Source }): Promise<void> {
  const entry = {
    at: needs.now(),
    event: 'deleted' as const,
    about: 'user',
    aboutId: user.id,
    actor: user.id,
    userId: user.id,
    detail: { handle: user.handle },
    ...ask.from,
  }
  const gone = await needs.users.delete(user.id, entry, { leave: 'an-admin', seats: 'none-as-admin' })
  if (gone === 'last-admin') throw lastAdmin(user)
  if (typeof gone === 'string') throw new Refusal(gone, `${user.id} administers something`)
}

type Needs = Pick<World, 'users' | 'now'>
