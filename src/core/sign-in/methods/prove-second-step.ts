import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, NamedActor } from '../../../model/users/actor.ts'
import type { Authenticator } from '../../../model/users/authenticator.ts'
import type { User } from '../../../model/users/user.ts'
import { oneTimeCode } from './one-time-code.ts'
import type { ProveNeeds, SignInMethod } from './sign-in-method.ts'
import { SIGN_IN_METHODS } from './sign-in-methods.ts'

/** Verifies the second step of a sign-in. The form of the text selects the method. Returns that method. */
export async function proveSecondStep(
  needs: ProveNeeds,
  act: Act<NamedActor>,
  ask: { user: User; own: readonly Authenticator[]; code: string | undefined },
): Promise<SignInMethod> {
  const { user, own, code: presented } = ask
  const fitting = SIGN_IN_METHODS.filter(({ step, fits }) => step === 'second' && fits(presented ?? ''))
  const method = fitting[0] ?? oneTimeCode
  const proven = await method.prove(needs, act, { user, own, presented })
  if (proven.is !== 'right')
    throw new Refusal('one-time-code-wrong', `${method.name} of ${user.id}: ${proven.is}`, { parameter: 'otp' })
  await needs.authenticators.markUsed(proven.by, needs.now())
  return method
}
