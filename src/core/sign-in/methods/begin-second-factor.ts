import { Secret } from 'otpauth'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { type BegunSecondFactor, forAuthenticator, OTP_SEAL, type ShownInAuthenticator } from './one-time-code.ts'
import { secondFactorEntry } from './second-factor-entry.ts'

/**
 * Makes a secret that becomes active with its first correct code. The existing second factor stays active until then, so
 * a stolen token cannot switch it off.
 */
export async function beginSecondFactor(
  needs: Needs,
  act: Act<Oneself>,
  ask: ShownInAuthenticator,
): Promise<BegunSecondFactor> {
  const { user } = act.by
  const secret = new Secret({ size: 20 }).base32
  const data = [needs.vault.seal(OTP_SEAL, secret)]
  await needs.users.change(
    user.id,
    { authenticators: [{ method: 'one-time-code', state: 'pending', data }] },
    secondFactorEntry(needs, act, user, 'begun'),
  )
  return forAuthenticator(secret, ask)
}

type Needs = Pick<World, 'users' | 'vault' | 'now'>
