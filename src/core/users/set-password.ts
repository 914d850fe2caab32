import type { CredentialKind } from '../../model/credentials/credential.ts'
import { aboutUser, entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import { checkAbove, isOwn, requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { hashNewPassword } from './new-password.ts'

/** Credentials obtained with a password, directly or by a sign-in. They end when the password changes. */
export const FROM_PASSWORD: readonly CredentialKind[] = [
  'session',
  'pending-sign-in',
  'authorization-code',
  'access-token',
  'refresh-token',
  'user-token',
  'token-pair',
]
export const KEYS: readonly CredentialKind[] = ['api-key', 'application-token']

/** Sets a password. Sessions from the old one end; keys and application tokens stay unless requested. */
export async function setPassword(needs: Needs, act: Act, ask: SetPassword): Promise<void> {
  const { by } = act
  const user = await needs.users.byId(ask.userId)
  if (!user) throw missing('user', ask.userId)
  if (!isOwn(by, user.id)) {
    requirePermission(by, 'setPassword')
    checkAbove(by, user)
  }
  const password = await hashNewPassword(needs, ask.password, [user.handle, user.email])
  // One transaction stores the password and ends the old credentials, so the new password and tokens of the old one
  // are never valid together.
  const changed = await needs.users.change(
    user.id,
    { password, importedPassword: null },
    entry(act, 'changed', aboutUser(user), { at: needs.now(), detail: { fields: ['password'] } }),
    {
      kinds: ask.keys === 'revoke' ? [...FROM_PASSWORD, ...KEYS] : FROM_PASSWORD,
      ...(ask.except && { except: ask.except }),
    },
  )
  if (!changed || typeof changed === 'string')
    throw new Refusal('user-unknown', `user ${user.id} was deleted meanwhile`)
}

export type SetPassword = {
  userId: string
  password: string
  keys: 'keep' | 'revoke'
  /** The id of the session or token that the request used, which does not end. */
  except?: string
}
type Needs = Pick<World, 'users' | 'passwords' | 'rules' | 'now'>
