import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { pendingCode } from './confirm-second-factor.ts'
import { type BegunSecondFactor, forAuthenticator, OTP_SEAL, type ShownInAuthenticator } from './one-time-code.ts'

/** Returns the pending secret again: after a wrong code, the person scans the same QR code. */
export async function resumeSecondFactor(
  needs: Needs,
  act: Act<Oneself>,
  ask: ShownInAuthenticator,
): Promise<BegunSecondFactor | undefined> {
  const pending = pendingCode(await needs.authenticators.ofUser(act.by.user.id))
  const secret = pending && needs.vault.open(OTP_SEAL, pending.data)
  return secret === undefined ? undefined : forAuthenticator(secret, ask)
}

type Needs = Pick<World, 'authenticators' | 'vault'>
