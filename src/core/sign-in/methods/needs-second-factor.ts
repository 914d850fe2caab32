import type { Act } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'

/** True if a sign-in with this name requires a code. Unknown names get the same answer as most known names: false. */
export async function needsSecondFactor(needs: Needs, act: Act, ask: { name: string }): Promise<boolean> {
  needs.throttle.count('account-question', act.from)
  return (await needs.users.byName(ask.name))?.secondFactor === true
}

type Needs = Pick<World, 'users' | 'throttle'>
