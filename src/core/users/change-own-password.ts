import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import type { PasswordNeeds } from '../sign-in/authenticate-user.ts'
import { countTry } from '../sign-in/count-try.ts'
import { password } from '../sign-in/methods/password.ts'
import type { World } from '../world.ts'
import { setPassword } from './set-password.ts'

/**
 * Changes the user's own password after verifying the old one, with the same throttle as a sign-in. All other
 * credentials obtained with the old password end; the session or token in use stays.
 */
export async function changeOwnPassword(needs: Needs, act: Act<Oneself>, ask: ChangeOwnPassword): Promise<void> {
  const { from } = act
  const user = await needs.users.byId(act.by.user.id)
  if (!user) throw new Refusal('user-unknown', `no user ${act.by.user.id}`)
  const attempt = await countTry(needs, { at: `password of ${user.id}`, user, from })
  const own = await needs.authenticators.ofUser(user.id)
  if ((await password.prove(needs, act, { user, own, presented: ask.old })).is !== 'right') {
    const why = { at: needs.now(), reason: 'login-failed' }
    needs.recorder.note(entry(act, 'sign-in-failed', aboutUser(user), why))
    throw new Refusal('login-failed', `wrong old password of ${user.handle}`)
  }
  await attempt.wasRight()
  const except = needs.vault.fingerprint(ask.keep)
  const proven = { by: { is: 'user', user }, from } as const
  await setPassword(needs, proven, { userId: user.id, password: ask.new, keys: 'keep', except })
}

export type ChangeOwnPassword = {
  old: string
  new: string
  /** The secret of the credential that the request used. This credential does not end. */
  keep: string
}
type Needs = PasswordNeeds & Pick<World, 'credentials'>
