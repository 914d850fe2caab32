import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { MethodName } from '../../model/users/authenticator.ts'
import type { BrowserAct } from '../../model/users/session.ts'
import type { World } from '../world.ts'
import { countTry } from './count-try.ts'
import { findPending } from './find-pending.ts'
import { password } from './methods/password.ts'
import { proveSecondStep } from './methods/prove-second-step.ts'
import type { ProveNeeds, SignInMethod } from './methods/sign-in-method.ts'
import { replaceSession } from './sessions/replace-session.ts'
import type { SignedIn } from './sign-in.ts'

/**
 * Second step of a sign-in: verifies the code. A correct code spends the pending sign-in. Attempts are limited like those at a password.
 */
export async function proveSecondFactor(needs: Needs, act: BrowserAct, ask: ProveSecondFactor): Promise<SignedInBy> {
  const { from } = act
  const { pending, user } = await findPending(needs, act, ask.pending)
  const attempt = await countTry(needs, { at: `second factor of ${user.id}`, user, from, tries: 'code' })
  const at = needs.now()
  const half: Act = { by: { is: 'user', user }, from }
  let second: SignInMethod
  try {
    const own = await needs.authenticators.ofUser(user.id)
    second = await proveSecondStep(needs, half, { user, own, code: ask.code })
  } catch (error) {
    const why = { at, reason: 'one-time-code-wrong' }
    needs.recorder.note(entry(half, 'sign-in-failed', aboutUser(user), why))
    throw error
  }
  const outcome = await needs.credentials.redeem(
    { fingerprint: pending.fingerprint, kind: 'pending-sign-in', at, issues: [] },
    entry(half, 'signed-in', aboutUser(user), { at }),
  )
  if (outcome === 'spent') throw new Refusal('interaction-answered', `${pending.id} was used at the same moment`)
  await attempt.wasRight()
  const entrance = await replaceSession(needs, act, { user, methods: [password.amr, second.amr] })
  return { is: 'signed-in', user, by: second.name, ...entrance }
}

/** `by`: the method of the second factor. */
export type SignedInBy = SignedIn & { by: MethodName }
export type ProveSecondFactor = { pending: string; code: string }
type Needs = ProveNeeds & Pick<World, 'throttle' | 'familiar' | 'recorder' | 'credentials' | 'rules'>
