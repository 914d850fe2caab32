import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import type { UserChange } from '../../ports/users.ts'
import { checkEmail, hashNewPassword } from '../users/create-user.ts'
import { FROM_PASSWORD } from '../users/set-password.ts'
import type { Source, World } from '../world.ts'

/** Somebody changes their own account with one request. A new password ends every other token in the same transaction. */
export async function updateMember(needs: Needs, who: TokenHolder, ask: UpdateMember): Promise<User> {
  const { user, credentialId } = who
  const change: UserChange = {}
  if (ask.email !== undefined && ask.email !== user.email) {
    checkEmail(ask.email)
    change.email = ask.email
  }
  if (ask.firstName !== undefined) change.firstName = ask.firstName
  if (ask.lastName !== undefined) change.lastName = ask.lastName
  if (ask.password !== undefined) {
    change.password = await hashNewPassword(needs, ask.password)
    change.importedPassword = null
  }
  const fields = Object.keys(change).filter(field => field !== 'importedPassword')
  if (fields.length === 0) return user
  const changed = await needs.users.change(
    user.id,
    change,
    {
      at: needs.now(),
      event: 'changed',
      about: 'user',
      aboutId: user.id,
      actor: user.id,
      userId: user.id,
      detail: { fields },
      ...ask.from,
    },
    ask.password === undefined ? undefined : { kinds: FROM_PASSWORD, except: credentialId },
  )
  if (changed === 'name-taken') throw new Refusal('name-taken', `${ask.email} is in use`, { parameter: 'name' })
  if (typeof changed !== 'object') throw new Refusal('user-unknown', `user ${user.id} was deleted meanwhile`)
  return changed
}

/** A user, and the credential with which they ask. */
export type TokenHolder = { user: User; credentialId: string }
export type UpdateMember = { email?: string; firstName?: string; lastName?: string; password?: string; from: Source }
type Needs = Pick<World, 'users' | 'passwords' | 'rules' | 'now'>
