import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { Authenticator } from '../../../model/users/authenticator.ts'
import type { World } from '../../world.ts'
import { countTry } from '../count-try.ts'
import { OTP_SEAL, stepOf } from './one-time-code.ts'
import { secondFactorEntry } from './second-factor-entry.ts'
import { activeOf } from './sign-in-method.ts'

/** Activates a pending secret with a correct code. Signing in requires codes afterwards. Returns whether the code was correct. */
export async function confirmSecondFactor(needs: Needs, act: Act<Oneself>, ask: { code: string }): Promise<boolean> {
  const { id } = act.by.user
  const user = await needs.users.byId(id)
  const own = await needs.authenticators.ofUser(id)
  const pending = pendingCode(own)
  const sealed = (pending ?? activeOf(own, 'one-time-code'))?.data
  const secret = sealed && needs.vault.open(OTP_SEAL, sealed)
  if (!user || !sealed || !secret) throw new Refusal('second-factor-not-set-up', `no secret for ${id}`)
  const attempt = await countTry(needs, { at: `new second factor of ${id}`, user, from: act.from, tries: 'code' })
  const step = stepOf(needs, secret, ask.code)
  if (step === undefined || !(await needs.users.spendOtpStep(id, step))) return false
  await attempt.wasRight()
  if (pending)
    await needs.users.change(
      id,
      {
        authenticators: [
          { method: 'one-time-code', state: 'pending', data: [] },
          { method: 'one-time-code', state: 'active', data: [sealed] },
        ],
      },
      secondFactorEntry(needs, act, user, 'confirmed'),
    )
  return true
}

/** The secret that waits for its first correct code. */
export const pendingCode = (own: readonly Authenticator[]): Authenticator | undefined =>
  own.find(({ method, state }) => method === 'one-time-code' && state === 'pending')

type Needs = Pick<World, 'users' | 'authenticators' | 'vault' | 'throttle' | 'familiar' | 'now'>
