import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Session } from '../../model/session.ts'
import { isStaff } from '../../model/user.ts'
import { session } from '../ui/session.ts'

/** Whoever is signed in and has a role that sees the console. What they may do there, the management API decides. */
export async function staff(world: World, request: WireRequest): Promise<Session> {
  const signedIn = await session(world, request)
  if (!isStaff(signedIn.user.role)) throw new Refusal('permission-missing', `${signedIn.user.handle} is not staff`)
  return signedIn
}
