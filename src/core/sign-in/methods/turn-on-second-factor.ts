import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { confirmSecondFactor } from './confirm-second-factor.ts'
import { makeRecoveryCodes } from './make-recovery-codes.ts'

/** Activates a new second factor with its first correct code. Returns new recovery codes; the old ones end. */
export async function turnOnSecondFactor(needs: Needs, act: Act<Oneself>, ask: { code: string }): Promise<string[]> {
  if (!(await confirmSecondFactor(needs, act, ask)))
    throw new Refusal('one-time-code-wrong', `first code of ${act.by.user.id}`, { parameter: 'otp' })
  return makeRecoveryCodes(needs, act)
}

type Needs = Pick<World, 'users' | 'authenticators' | 'vault' | 'throttle' | 'familiar' | 'now'>
