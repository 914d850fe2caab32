import type { Act, Anonymous, NamedActor } from '../../model/actor.ts'
import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { LONGEST_PASSWORD } from '../users/new-password.ts'
import type { World } from '../world.ts'
import { countTry } from './count-try.ts'
import { rememberNetwork } from './familiar.ts'
import { checkSecondFactor } from './second-factor.ts'

/**
 * Who is this, by name and password? The one door for the sign-in page and every dialect that takes passwords: same
 * throttle, same second factor, same work and same answer whether the name exists or not.
 */
export async function authenticateUser(needs: Needs, { from }: Act<NamedActor>, ask: AuthenticateUser): Promise<User> {
  const at = needs.now()
  const user = await needs.users.byName(ask.name)
  const attempt = await countTry(needs, { at: ask.name, user, from })
  const usable = Buffer.byteLength(ask.password) <= LONGEST_PASSWORD
  const { right, outdated } = await needs.passwords.verify(
    usable ? ask.password : '',
    usable ? user?.password : undefined,
  )
  // The account that is signed in in this browser already is not the one that tries.
  const act: Act<Anonymous> = { by: { is: 'anonymous' }, from }
  const thing = user ? aboutUser(user) : { about: 'user' }
  if (!user || !right || !user.active) {
    const reason = user && right ? 'user-disabled' : 'login-failed'
    needs.recorder.note(entry(act, 'sign-in-failed', thing, { at, reason }))
    throw new Refusal(right && user ? 'user-disabled' : 'login-failed', `${reason}: ${ask.name.slice(0, 100)}`)
  }
  const later = user.otpValidated && ask.secondFactor === 'later'
  if (user.otpValidated && !later) {
    try {
      await checkSecondFactor(needs, user, ask.oneTimeCode)
    } catch (error) {
      needs.recorder.note(entry(act, 'sign-in-failed', thing, { at, reason: 'one-time-code-wrong' }))
      throw error
    }
  }
  await attempt.wasRight()
  if (outdated) {
    const password = await needs.passwords.hash(ask.password)
    const detail = { what: 'password hash upgraded' }
    await needs.users.rehash(user, password, entry(act, 'changed', thing, { at, detail }))
  }
  if (ask.secondFactor !== 'later') await rememberNetwork(needs, user, from)
  if (!later) needs.recorder.note(entry(act, 'signed-in', thing, { at }))
  return user
}

export type AuthenticateUser = {
  name: string
  password: string
  oneTimeCode?: string
  /** `later`: the page asks for the code in a second step; until then the session has no rights. */
  secondFactor?: 'now' | 'later'
}
type Needs = Pick<World, 'users' | 'passwords' | 'throttle' | 'familiar' | 'recorder' | 'vault' | 'now'>
