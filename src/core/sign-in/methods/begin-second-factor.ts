import { Secret, TOTP } from 'otpauth'
import type { Act, Oneself } from '../../../model/actor.ts'
import type { World } from '../../world.ts'
import { OTP_SEAL, STEP_SECONDS } from './one-time-code.ts'
import { secondFactorEntry } from './second-factor-entry.ts'

/**
 * A new secret that waits for its first right code. What protected the account before goes on protecting it, so that
 * a stolen token cannot switch the second factor off by starting over.
 */
export async function beginSecondFactor(
  needs: Needs,
  act: Act<Oneself>,
  ask: BeginSecondFactor,
): Promise<BegunSecondFactor> {
  const { user } = act.by
  const { issuer, label } = ask
  const secret = new Secret({ size: 20 }).base32
  const data = [needs.vault.seal(OTP_SEAL, secret)]
  await needs.users.change(
    user.id,
    { authenticators: [{ method: 'one-time-code', state: 'pending', data }] },
    secondFactorEntry(needs, act, user, 'begun'),
  )
  const url = new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: STEP_SECONDS }).toString()
  return { secret, url, issuer, label }
}

/** `issuer` and `label` are what an authenticator app shows. */
export type BeginSecondFactor = { issuer: string; label: string }
export type BegunSecondFactor = { secret: string; url: string; issuer: string; label: string }
type Needs = Pick<World, 'users' | 'vault' | 'now'>
