import type { Act, Oneself } from '../../model/actor.ts'
import { Refusal } from '../../model/refusal.ts'
import type { World } from '../world.ts'
import { countTry } from './count-try.ts'
import { OTP_SEAL, secondFactorEntry, stepOf } from './second-factor.ts'

/** Proves that the user's device knows the secret; from then on signing in needs its codes. Answers whether the code was right. */
export async function confirmSecondFactor(needs: Needs, act: Act<Oneself>, ask: { code: string }): Promise<boolean> {
  const { id } = act.by.user
  const current = await needs.users.byId(id)
  const sealed = current?.otpPending ?? current?.otpSecret
  const secret = sealed && needs.vault.open(OTP_SEAL, sealed)
  if (!current || !sealed || !secret) throw new Refusal('second-factor-not-set-up', `no secret for ${id}`)
  const attempt = await countTry(needs, { at: `new second factor of ${id}`, user: current, from: act.from })
  const step = stepOf(needs, secret, ask.code)
  if (step === undefined || !(await needs.users.spendOtpStep(id, step))) return false
  await attempt.wasRight()
  if (current.otpPending)
    await needs.users.change(
      id,
      { otpSecret: sealed, otpValidated: true, otpPending: null },
      secondFactorEntry(needs, act, current, 'confirmed'),
    )
  return true
}

type Needs = Pick<World, 'users' | 'vault' | 'throttle' | 'familiar' | 'now'>
