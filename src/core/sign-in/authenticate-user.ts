import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import { LONGEST_PASSWORD } from '../users/create-user.ts'
import type { Source, World } from '../world.ts'
import { countTry } from './count-try.ts'
import { rememberNetwork } from './familiar.ts'
import { checkSecondFactor } from './second-factor.ts'

/**
 * Who is this, by name and password? The one door for the sign-in page and every dialect that takes passwords: same
 * throttle, same second factor, same work and same answer whether the name exists or not.
 */
export async function authenticateUser(needs: Needs, ask: AuthenticateUser): Promise<User> {
  const now = needs.now()
  const user = await needs.users.byName(ask.name)
  const attempt = await countTry(needs, { at: ask.name, user, from: ask.from })
  const usable = Buffer.byteLength(ask.password) <= LONGEST_PASSWORD
  const { right, outdated } = await needs.passwords.verify(
    usable ? ask.password : '',
    usable ? user?.password : undefined,
  )
  const entry = {
    at: now,
    about: 'user',
    actor: user?.id ?? 'unknown',
    ...(user && { aboutId: user.id, userId: user.id }),
    ...ask.from,
  }
  if (!user || !right || !user.active) {
    const reason = user && right ? 'user-disabled' : 'login-failed'
    needs.witness.note({ ...entry, event: 'sign-in-failed', reason })
    throw new Refusal(right && user ? 'user-disabled' : 'login-failed', `${reason}: ${ask.name.slice(0, 100)}`)
  }
  const later = user.otpValidated && ask.secondFactor === 'later'
  if (user.otpValidated && !later) {
    try {
      await checkSecondFactor(needs, user, ask.oneTimeCode)
    } catch (error) {
      needs.witness.note({ ...entry, event: 'sign-in-failed', reason: 'one-time-code-wrong' })
      throw error
    }
  }
  await attempt.wasRight()
  if (outdated) {
    const password = await needs.passwords.hash(ask.password)
    await needs.users.rehash(user, password, { ...entry, event: 'changed', detail: { what: 'password hash upgraded' } })
  }
  if (ask.secondFactor !== 'later') await rememberNetwork(needs, user, ask.from)
  if (!later) needs.witness.note({ ...entry, event: 'signed-in' })
  return user
}

export type AuthenticateUser = {
  name: string
  password: string
  oneTimeCode?: string
  /** `later`: the page asks for the code in a second step; until then the session has no rights. */
  secondFactor?: 'now' | 'later'
  from: Source
}
type Needs = Pick<World, 'users' | 'passwords' | 'throttle' | 'familiar' | 'witness' | 'vault' | 'now'>
