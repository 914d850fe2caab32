import type { Act, UserActor } from '../../model/actor.ts'
import { Refusal } from '../../model/refusal.ts'
import { LONGEST_PASSWORD } from '../users/new-password.ts'
import type { World } from '../world.ts'
import { countTry } from './count-try.ts'

/** Proves by the current password that the signed-in person asks. Guesses count like those of a sign-in. */
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
  if (user.password === undefined || ask.password === undefined || Buffer.byteLength(ask.password) > LONGEST_PASSWORD)
    throw wrong('no password')
  const attempt = await countTry(needs, { at: `password of ${user.id}`, user, from: act.from })
  const { right } = await needs.passwords.verify(ask.password, user.password)
  if (!right) throw wrong('wrong password')
  await attempt.wasRight()
}

type Needs = Pick<World, 'passwords' | 'throttle' | 'familiar' | 'vault'>
