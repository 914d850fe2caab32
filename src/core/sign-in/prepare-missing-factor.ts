import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, UserActor } from '../../model/users/actor.ts'
import type { BrowserAct } from '../../model/users/session.ts'
import type { World } from '../world.ts'
import { findPending } from './find-pending.ts'
import { beginSecondFactor } from './methods/begin-second-factor.ts'
import type { BegunSecondFactor } from './methods/one-time-code.ts'
import { resumeSecondFactor } from './methods/resume-second-factor.ts'

/**
 * Second step of staff who must have a second factor and have none: makes a secret for their app. Each sign-in makes a
 * new secret, because another person with the password may have seen the old one.
 */
export async function prepareMissingFactor(
  needs: Needs,
  act: BrowserAct,
  ask: { pending: string; secret: 'new' | 'waiting' },
): Promise<BegunSecondFactor> {
  const { user } = await findPending(needs, act, ask.pending)
  if (user.secondFactor) throw new Refusal('interaction-answered', `${user.id} has a second factor meanwhile`)
  const half: Act<UserActor> = { by: { is: 'user', user }, from: act.from }
  const shown = { issuer: needs.rules.brand.name, label: user.handle }
  const waiting = ask.secret === 'waiting' ? await resumeSecondFactor(needs, half, shown) : undefined
  return waiting ?? beginSecondFactor(needs, half, shown)
}

type Needs = Pick<World, 'credentials' | 'users' | 'authenticators' | 'vault' | 'rules' | 'now'>
