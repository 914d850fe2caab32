import type { Act } from '../../model/actor.ts'
import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { checkAbove, requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { secondFactorEntry } from './second-factor.ts'

/** For a lost device: signing in needs the password alone again, until the user sets up another. */
export async function removeSecondFactor(needs: Needs, act: Act, ask: { userId: string }): Promise<User> {
  requirePermission(act.by, 'removeSecondFactor')
  const user = await needs.users.byId(ask.userId)
  if (!user) throw new Refusal('user-unknown', `no user ${ask.userId}`)
  checkAbove(act.by, user)
  const after = await needs.users.change(
    user.id,
    { otpSecret: null, otpPending: null, otpValidated: false },
    secondFactorEntry(needs, act, user, 'removed'),
  )
  return typeof after === 'object' ? after : user
}

type Needs = Pick<World, 'users' | 'now'>
