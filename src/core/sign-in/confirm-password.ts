import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { LONGEST_PASSWORD } from '../users/create-user.ts'
import type { Source, World } from '../world.ts'

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
  await needs.throttle.reserve(user.id, ask.from.ip)
  const { right } = await needs.passwords.verify(ask.password, user.password)
  if (!right) throw wrong('wrong password')
  await needs.throttle.release(user.id, ask.from.ip)
}

type Needs = Pick<World, 'passwords' | 'throttle'>
