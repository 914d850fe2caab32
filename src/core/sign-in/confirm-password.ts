import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, UserActor } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { countTry } from './count-try.ts'
import { password } from './methods/password.ts'
import type { ProveNeeds } from './methods/sign-in-method.ts'

/** Verifies the current password of the signed-in user. Wrong guesses count like those of a sign-in. */
export async function confirmPassword(
  needs: Needs,
  act: Act<UserActor>,
  ask: { password: string | undefined },
): Promise<void> {
  const { user } = act.by
  const wrong = (why: string): Refusal =>
    new Refusal('login-failed', `${why} of ${user.id}`, {
      parameter: 'current_password',
      sentence: 'Your current password is missing or wrong.',
    })
  const { password: presented } = ask
  if (!user.hasPassword || presented === undefined || !password.fits(presented)) throw wrong('no password')
  const attempt = await countTry(needs, { at: `password of ${user.id}`, user, from: act.from })
  const own = await needs.authenticators.ofUser(user.id)
  if ((await password.prove(needs, act, { user, own, presented })).is !== 'right') throw wrong('wrong password')
  await attempt.wasRight()
}

type Needs = ProveNeeds & Pick<World, 'throttle' | 'familiar'>
