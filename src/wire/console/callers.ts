import { sourceOf } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { SessionAct } from '../../model/users/session.ts'
import { isStaff } from '../../model/users/user.ts'
import type { Caller } from '../dialect.ts'
import { sessionOf } from '../ui/session.ts'

/** A signed-in user whose role may open the console. The management API decides about everything else. */
export const staff: Caller<SessionAct> = {
  name: 'signed-in staff',
  async prove(world, request) {
    const session = await sessionOf(world, request)
    if (!session) throw new Refusal('session-missing')
    const { user } = session
    if (!isStaff(user.role)) throw new Refusal('permission-missing', `${user.handle} is not staff`)
    return { who: { by: { is: 'user', user }, from: sourceOf(request), session }, concerns: { userId: user.id } }
  },
}
