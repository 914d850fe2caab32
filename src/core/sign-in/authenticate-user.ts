import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, Anonymous, NamedActor } from '../../model/users/actor.ts'
import type { User } from '../../model/users/user.ts'
import type { World } from '../world.ts'
import { countTry } from './count-try.ts'
import { rememberNetwork } from './familiar.ts'
import { lacksSecondFactor } from './lacks-second-factor.ts'
import { password } from './methods/password.ts'
import { proveSecondStep } from './methods/prove-second-step.ts'

/**
 * Authenticates a user by name and password, for the sign-in page and all dialects with passwords. Every caller has the
 * same throttle and second factor. Unknown names take the same work and get the same answer.
 */
export async function authenticateUser(
  needs: PasswordNeeds,
  { from }: Act<NamedActor>,
  ask: AuthenticateUser,
): Promise<User> {
  const at = needs.now()
  const user = await needs.users.byName(ask.name)
  const attempt = await countTry(needs, { at: ask.name, user, from })
  // The authenticators are read after the user: if the password changes in between, the user's epoch is outdated and
  // nothing is issued.
  const own = await needs.authenticators.ofUser(user?.id ?? '')
  // The actor is anonymous, because the user of an existing session is not the one who tries to sign in.
  const act: Act<Anonymous> = { by: { is: 'anonymous' }, from }
  const proven = await password.prove(needs, act, { user, own, presented: ask.password })
  const thing = user ? aboutUser(user) : { about: 'user' }
  if (!user || proven.is !== 'right' || !user.active) {
    const reason = user && proven.is === 'right' ? 'user-disabled' : 'login-failed'
    needs.recorder.note(entry(act, 'sign-in-failed', thing, { at, reason }))
    throw new Refusal(reason, `${reason}: ${ask.name.slice(0, 100)}`)
  }
  const missing = !user.secondFactor && lacksSecondFactor(needs, user, [password.amr])
  const later = (user.secondFactor || missing) && ask.secondFactor === 'later'
  if (user.secondFactor && !later) {
    try {
      await proveSecondStep(needs, act, { user, own, code: ask.oneTimeCode })
    } catch (error) {
      needs.recorder.note(entry(act, 'sign-in-failed', thing, { at, reason: 'one-time-code-wrong' }))
      throw error
    }
  }
  await attempt.wasRight()
  if (missing && !later) {
    needs.recorder.note(entry(act, 'sign-in-failed', thing, { at, reason: 'second-factor-not-set-up' }))
    throw new Refusal('second-factor-not-set-up', `${user.id} is staff without a second factor`, {
      sentence: 'Staff sign in with a second factor here. Sign in on the pages of this server to set one up.',
    })
  }
  await needs.authenticators.markUsed(proven.by, at)
  if (proven.outdated) {
    const hash = await needs.passwords.hash(ask.password)
    const detail = { what: 'password hash upgraded' }
    await needs.users.rehash(user, hash, entry(act, 'changed', thing, { at, detail }))
  }
  if (ask.secondFactor !== 'later') await rememberNetwork(needs, user, from)
  if (!later) needs.recorder.note(entry(act, 'signed-in', thing, { at }))
  return user
}

export type AuthenticateUser = {
  name: string
  password: string
  oneTimeCode?: string
  /** `later`: the page asks for the code in a second step; the pending sign-in has no rights before that. */
  secondFactor?: 'now' | 'later'
}
/** What a decision needs that asks for the name and password of a user. */
export type PasswordNeeds = Pick<
  World,
  'rules' | 'users' | 'authenticators' | 'passwords' | 'throttle' | 'familiar' | 'recorder' | 'vault' | 'now'
>
