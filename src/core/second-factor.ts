import { Secret, TOTP } from 'otpauth'
import { Refusal } from '../model/refusal.ts'
import type { User } from '../model/user.ts'
import type { World } from './world.ts'

const SEAL = 'otp-secret'
const STEP_SECONDS = 30
/** Steps already used, so that a code overheard cannot be said again (RFC 6238 section 5.2). By user id. */
const lastStep = new Map<string, number>()

/** RFC 6238: six digits, 30 seconds, one step of tolerance on either side; each step counts once. */
export function checkSecondFactor(needs: Pick<World, 'vault' | 'now'>, user: User, code: string | undefined): void {
  const refuse = (why: string) => new Refusal('one-time-code-wrong', `${why} for ${user.id}`, { parameter: 'otp' })
  const secret = user.otpSecret && needs.vault.open(SEAL, user.otpSecret)
  if (!secret) throw refuse('no usable secret')
  if (code === undefined || !/^\d{6}$/.test(code)) throw refuse('no code')
  const step = totpOf(secret, user.handle).validate({ token: code, timestamp: needs.now(), window: 1 })
  if (step === null) throw refuse('wrong code')
  const absolute = Math.floor(needs.now() / 1000 / STEP_SECONDS) + step
  if ((lastStep.get(user.id) ?? 0) >= absolute) throw refuse('code used before')
  lastStep.set(user.id, absolute)
}

export const newSecondFactor = (): string => new Secret({ size: 20 }).base32
export const sealSecondFactor = (needs: Pick<World, 'vault'>, base32: string): string => needs.vault.seal(SEAL, base32)
export const totpOf = (base32: string, label: string, issuer = 'Claviger'): TOTP =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(base32), digits: 6, period: STEP_SECONDS })
