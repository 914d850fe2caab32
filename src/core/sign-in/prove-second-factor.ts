import type { Act } from '../../model/actor.ts'
import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import type { BrowserAct } from '../../model/session.ts'
import { findWaiting } from '../oauth/authorize/interaction.ts'
import type { World } from '../world.ts'
import { countTry } from './count-try.ts'
import { replaceSession } from './replace-session.ts'
import { checkSecondFactor } from './second-factor.ts'
import { AWAITS_CODE, type SignedIn } from './sign-in.ts'

/** Second step: the one-time code. The pending sign-in is spent by the right code, and can be guessed at only as often as a password. */
export async function proveSecondFactor(needs: Needs, act: BrowserAct, ask: ProveSecondFactor): Promise<SignedIn> {
  const { from } = act
  const pending = await findWaiting(needs, act, ask.pending)
  const user = pending.userId === undefined ? undefined : await needs.users.byId(pending.userId)
  if (pending.data.note !== AWAITS_CODE || !user?.active)
    throw new Refusal('interaction-unknown', `${pending.id} does not wait for a one-time code`)
  const attempt = await countTry(needs, { at: `second factor of ${user.id}`, user, from })
  const at = needs.now()
  const half: Act = { by: { is: 'user', user }, from }
  try {
    await checkSecondFactor(needs, user, ask.code)
  } catch (error) {
    const why = { at, reason: 'one-time-code-wrong' }
    needs.witness.note(entry(half, 'sign-in-failed', aboutUser(user), why))
    throw error
  }
  const outcome = await needs.credentials.redeem(
    { fingerprint: pending.fingerprint, kind: 'interaction', at, issues: [] },
    entry(half, 'signed-in', aboutUser(user), { at }),
  )
  if (outcome === 'spent') throw new Refusal('interaction-unknown', `${pending.id} was used at the same moment`)
  await attempt.wasRight()
  return { is: 'signed-in', user, ...(await replaceSession(needs, act, { user })) }
}

export type ProveSecondFactor = { pending: string; code: string }
type Needs = Pick<World, 'users' | 'throttle' | 'familiar' | 'witness' | 'credentials' | 'vault' | 'rules' | 'now'>
