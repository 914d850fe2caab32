import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { LONGEST_PASSWORD } from '../users/create-user.ts'
import type { Source, World } from '../world.ts'
import { countTry } from './count-try.ts'

/** Is this the person who signed in? Guesses count like those at the door. */
export async function confirmPassword(
  needs: Needs,
  user: User,
  ask: { password: string | undefined; from: Source },
): Promise<void> {
  const wrong = (why: string): Refusal =>
    new Refusal('login-failed', `${why} of ${user.id}`, {
      parameter: 'current_password',
      sentence: 'Your current password is missing or wrong.',
    })
  if (user.password === undefined) return // nothing to prove: there was none
  if (ask.password === undefined || Buffer.byteLength(ask.password) > LONGEST_PASSWORD) throw wrong('no password')
  const attempt = await countTry(needs, { at: `password of ${user.id}`, user, from: ask.from })
  const { right } = await needs.passwords.verify(ask.password, user.password)
  if (!right) throw wrong('wrong password')
  await attempt.wasRight()
}

type Needs = Pick<World, 'passwords' | 'throttle' | 'familiar' | 'vault'>
