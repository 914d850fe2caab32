import { missing } from '../../../model/refusals/missing.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act } from '../../../model/users/actor.ts'
import type { User } from '../../../model/users/user.ts'
import type { AuthenticatorChange } from '../../../ports/authenticators.ts'
import { checkAbove, isSelf, requirePermission } from '../../authority.ts'
import { type ProofNeeds, requireProof } from '../require-proof.ts'
import { secondFactorEntry } from './second-factor-entry.ts'
import { SIGN_IN_METHODS } from './sign-in-methods.ts'

/**
 * Removes a second factor, for a lost device. Afterwards, signing in requires only the password until the user sets up another factor. Users remove their own factor
 * after a recent proof; staff remove those of other users.
 */
export async function removeSecondFactor(needs: Needs, act: Act, ask: { userId: string }): Promise<User> {
  const { by, from } = act
  if (isSelf(by, ask.userId)) await requireProof(needs, { by, from })
  else requirePermission(by, 'removeSecondFactor')
  const user = await needs.users.byId(ask.userId)
  if (!user) throw missing('user', ask.userId)
  if (!isSelf(by, user.id)) checkAbove(by, user)
  const own = await needs.authenticators.ofUser(user.id)
  if (!own.some(({ method }) => ALL_REMOVED.some(one => one.method === method)))
    throw new Refusal('second-factor-not-set-up', `nothing to remove of ${user.id}`)
  const after = await needs.users.change(
    user.id,
    { authenticators: ALL_REMOVED },
    secondFactorEntry(needs, act, user, 'removed'),
  )
  return typeof after === 'object' ? after : user
}

const ALL_REMOVED: readonly AuthenticatorChange[] = SIGN_IN_METHODS.filter(({ step }) => step === 'second').flatMap(
  ({ name: method }) => (['active', 'pending'] as const).map(state => ({ method, state, data: [] })),
)

type Needs = ProofNeeds
