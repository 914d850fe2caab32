import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'
import type { SessionAct } from '../../model/users/session.ts'
import type { World } from '../world.ts'
import { confirmPassword } from './confirm-password.ts'
import { countTry } from './count-try.ts'
import { password } from './methods/password.ts'
import { proveSecondStep } from './methods/prove-second-step.ts'
import type { ProveNeeds, SignInMethod } from './methods/sign-in-method.ts'
import { proveSession } from './sessions/prove-session.ts'

/**
 * Step-up in a session: the user proves their identity again, by the second factor, or by the password if there is none.
 * The session then stores the time and the method. Wrong guesses count like those of a sign-in.
 */
export async function proveAgain(needs: Needs, act: SessionAct, ask: ProveAgain): Promise<void> {
  const { by } = act
  let method: SignInMethod
  try {
    method = by.user.secondFactor
      ? await proveFactor(needs, act, ask.code)
      : await provePassword(needs, act, ask.password)
  } catch (error) {
    if (error instanceof Refusal && WRONG.includes(error.code)) {
      const why = { at: needs.now(), reason: error.code }
      needs.recorder.note(entry(act, 'sign-in-failed', aboutUser(by.user), why))
    }
    throw error
  }
  await proveSession(needs, act, method)
}

const WRONG: readonly RefusalCode[] = ['login-failed', 'one-time-code-wrong']

async function proveFactor(needs: Needs, act: SessionAct, code: string | undefined): Promise<SignInMethod> {
  const { user } = act.by
  const attempt = await countTry(needs, { at: `second factor of ${user.id}`, user, from: act.from, tries: 'code' })
  const own = await needs.authenticators.ofUser(user.id)
  const method = await proveSecondStep(needs, act, { user, own, code })
  await attempt.wasRight()
  return method
}

async function provePassword(needs: Needs, act: SessionAct, typed: string | undefined): Promise<SignInMethod> {
  await confirmPassword(needs, act, { password: typed })
  return password
}

/** A one-time code or recovery code for users with a second factor, the password for others. */
export type ProveAgain = { code?: string | undefined; password?: string | undefined }
type Needs = ProveNeeds & Pick<World, 'throttle' | 'familiar' | 'recorder' | 'credentials'>
