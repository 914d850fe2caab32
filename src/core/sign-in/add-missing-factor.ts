import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, UserActor } from '../../model/users/actor.ts'
import type { BrowserAct } from '../../model/users/session.ts'
import type { World } from '../world.ts'
import { findPending } from './find-pending.ts'
import { oneTimeCode } from './methods/one-time-code.ts'
import { password } from './methods/password.ts'
import { turnOnSecondFactor } from './methods/turn-on-second-factor.ts'
import { replaceSession } from './sessions/replace-session.ts'
import type { SignedIn } from './sign-in.ts'

/**
 * Handles the first correct code of staff who must have a second factor: turns the factor on, makes recovery codes and opens a
 * session.
 */
export async function addMissingFactor(
  needs: Needs,
  act: BrowserAct,
  ask: { pending: string; code: string },
): Promise<SignedIn & { codes: string[] }> {
  const { pending, user } = await findPending(needs, act, ask.pending)
  if (user.secondFactor) throw new Refusal('interaction-answered', `${user.id} has a second factor meanwhile`)
  const half: Act<UserActor> = { by: { is: 'user', user }, from: act.from }
  const codes = await turnOnSecondFactor(needs, half, ask)
  const at = needs.now()
  const outcome = await needs.credentials.redeem(
    { fingerprint: pending.fingerprint, kind: 'pending-sign-in', at, issues: [] },
    entry(half, 'signed-in', aboutUser(user), { at }),
  )
  if (outcome === 'spent') throw new Refusal('interaction-answered', `${pending.id} was used at the same moment`)
  const methods = [password.amr, oneTimeCode.amr]
  return { is: 'signed-in', user, codes, ...(await replaceSession(needs, act, { user, methods })) }
}

type Needs = Pick<
  World,
  'credentials' | 'users' | 'authenticators' | 'throttle' | 'familiar' | 'vault' | 'rules' | 'now'
>
