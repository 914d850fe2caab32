import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, UserActor } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { confirmPassword } from './confirm-password.ts'
import type { ProveNeeds } from './methods/sign-in-method.ts'
import { provesItself } from './proves-itself.ts'

/** Step-up: changing a sign-in method requires a recent sign-in of the user, or the current password. */
export async function requireProof(needs: ProofNeeds, act: Act<UserActor>, ask: Proof = {}): Promise<void> {
  const { user, signedInAt } = act.by
  if (signedInAt !== undefined && provesItself(signedInAt, needs.now())) return
  const { currentPassword: password } = ask
  if (password !== undefined && user.hasPassword) return confirmPassword(needs, act, { password })
  throw new Refusal('login-required', `no recent sign-in of ${user.id}`, {
    sentence: 'This changes how you sign in. Sign in again and repeat it within ten minutes.',
  })
}

export type Proof = { currentPassword?: string | undefined }
export type ProofNeeds = ProveNeeds & Pick<World, 'throttle' | 'familiar'>
