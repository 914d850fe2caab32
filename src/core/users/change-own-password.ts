import { Refusal } from '../../model/refusal.ts'
import { countTry } from '../sign-in/count-try.ts'
import type { Source, World } from '../world.ts'
import { setPassword } from './set-password.ts'

/**
 * A person changes their own password and proves that they know the old one, under the same throttle as a sign-in.
 * Whatever else was obtained with the old one ends; what they hold in their hand stays.
 */
export async function changeOwnPassword(needs: Needs, userId: string, ask: ChangeOwnPassword): Promise<void> {
  const user = await needs.users.byId(userId)
  if (!user) throw new Refusal('user-unknown', `no user ${userId}`)
  const attempt = await countTry(needs, { at: `password of ${user.id}`, user, from: ask.from })
  const { right } = await needs.passwords.verify(ask.old, user.password)
  if (!right) {
    const entry = { at: needs.now(), about: 'user', aboutId: user.id, actor: user.id, userId: user.id, ...ask.from }
    needs.witness.note({ ...entry, event: 'sign-in-failed', reason: 'login-failed' })
    throw new Refusal('login-failed', `wrong old password of ${user.handle}`)
  }
  await attempt.wasRight()
  await setPassword(
    needs,
    { actor: user.id, user },
    { userId, password: ask.new, keys: 'keep', except: needs.vault.fingerprint(ask.keep), from: ask.from },
  )
}

export type ChangeOwnPassword = {
  old: string
  new: string
  /** The secret of the credential in which the person asks; it stays. */
  keep: string
  from: Source
}
type Needs = Pick<
  World,
  'users' | 'credentials' | 'passwords' | 'throttle' | 'familiar' | 'witness' | 'vault' | 'rules' | 'now'
>
