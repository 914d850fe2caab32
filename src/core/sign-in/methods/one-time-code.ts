import { Secret, TOTP } from 'otpauth'
import type { Act, Oneself } from '../../model/actor.ts'
import { aboutUser, entry, type JournalEntry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import type { World } from '../world.ts'

export const OTP_SEAL = 'otp-secret'
export const STEP_SECONDS = 30

/**
 * RFC 6238: six digits, 30 seconds, one step of tolerance on either side. Each step counts once, whichever process
 * hears it, so that a code overheard cannot be said again (section 5.2).
 */
export async function checkSecondFactor(
  needs: Pick<World, 'vault' | 'users' | 'now'>,
  user: User,
  code: string | undefined,
): Promise<void> {
  const refuse = (why: string) => new Refusal('one-time-code-wrong', `${why} for ${user.id}`, { parameter: 'otp' })
  const secret = user.otpSecret && needs.vault.open(OTP_SEAL, user.otpSecret)
  if (!secret) throw refuse('no usable secret')
  const step = stepOf(needs, secret, code)
  if (step === undefined) throw refuse(code === undefined ? 'no code' : 'wrong code')
  if (!(await needs.users.spendOtpStep(user.id, step))) throw refuse('code used before')
}

/** The step this code belongs to, if it is one of now. */
export function stepOf(needs: Pick<World, 'now'>, base32: string, code: string | undefined): number | undefined {
  const digits = code?.normalize('NFKC') // some keyboards type wide ones
  if (digits === undefined || !/^\d{6}$/.test(digits)) return undefined
  const totp = new TOTP({ secret: Secret.fromBase32(base32), period: STEP_SECONDS })
  const delta = totp.validate({ token: digits, timestamp: needs.now(), window: 1 })
  return delta === null ? undefined : Math.floor(needs.now() / 1000 / STEP_SECONDS) + delta
}

/** The entry of a step of setting up, confirming or removing it. */
export const secondFactorEntry = (
  needs: Pick<World, 'now'>,
  act: Act | Act<Oneself>,
  user: Pick<User, 'id'>,
  step: 'begun' | 'confirmed' | 'removed',
): JournalEntry =>
  entry(act, 'changed', aboutUser(user), { at: needs.now(), detail: { what: `second factor ${step}` } })
