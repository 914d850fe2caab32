import { Secret, TOTP } from 'otpauth'
import type { World } from '../../world.ts'
import { activeOf, type SignInMethod } from './sign-in-method.ts'

export const OTP_SEAL = 'otp-secret'
const STEP_SECONDS = 30

/**
 * RFC 6238: six digits, 30 seconds, one step of tolerance in both directions. Each step is accepted once by all
 * processes together, so an observed code cannot be used again (section 5.2).
 */
export const oneTimeCode: SignInMethod = {
  name: 'one-time-code',
  amr: 'otp',
  step: 'second',
  fits: presented => digitsOf(presented) !== undefined,

  async prove(needs, _act, { user, own, presented }) {
    const by = activeOf(own, 'one-time-code')
    const secret = by && needs.vault.open(OTP_SEAL, by.data)
    if (!user || !by || secret === undefined) return { is: 'not-set-up' }
    if (presented === undefined) return { is: 'missing' }
    const step = stepOf(needs, secret, presented)
    if (step === undefined) return { is: 'wrong' }
    return (await needs.users.spendOtpStep(user.id, step)) ? { is: 'right', by } : { is: 'used-before' }
  },
}

/** The secret for an authenticator app, as text and as a URL for a QR code (Key URI Format). */
export function forAuthenticator(base32: string, ask: ShownInAuthenticator): BegunSecondFactor {
  const { issuer, label } = ask
  const totp = new TOTP({ issuer, label, secret: Secret.fromBase32(base32), period: STEP_SECONDS })
  return { secret: base32, url: totp.toString(), issuer, label }
}

/** The texts that the app shows with the codes. */
export type ShownInAuthenticator = { issuer: string; label: string }
export type BegunSecondFactor = ShownInAuthenticator & { secret: string; url: string }

/** The time step of this code, if it is a current one. */
export function stepOf(needs: Pick<World, 'now'>, base32: string, code: string): number | undefined {
  const token = digitsOf(code)
  if (token === undefined) return undefined
  const totp = new TOTP({ secret: Secret.fromBase32(base32), period: STEP_SECONDS })
  const delta = totp.validate({ token, timestamp: needs.now(), window: 1 })
  return delta === null ? undefined : Math.floor(needs.now() / 1000 / STEP_SECONDS) + delta
}

/** Some keyboards type full-width digits. */
const digitsOf = (code: string): string | undefined => /^\d{6}$/.exec(code.normalize('NFKC'))?.[0]
