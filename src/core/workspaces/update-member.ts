import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, UserActor } from '../../model/users/actor.ts'
import type { User } from '../../model/users/user.ts'
import type { UserChange } from '../../ports/users.ts'
import { type ProofNeeds, requireProof } from '../sign-in/require-proof.ts'
import { hashNewPassword } from '../users/new-password.ts'
import { FROM_PASSWORD } from '../users/set-password.ts'
import { checkEmail } from '../users/user-rules.ts'
import type { World } from '../world.ts'

/** Changes the user's own account in one transaction. A new password ends all other tokens. */
export async function updateMember(needs: Needs, act: Act<TokenHolder>, ask: UpdateMember): Promise<User> {
  const { user, credentialId } = act.by
  const change: UserChange = {}
  if (ask.email !== undefined && ask.email !== user.email) {
    checkEmail(ask.email)
    change.email = ask.email
  }
  if (ask.firstName !== undefined) change.firstName = ask.firstName
  if (ask.lastName !== undefined) change.lastName = ask.lastName
  if (ask.password !== undefined) {
    change.password = await hashNewPassword(needs, ask.password, [user.handle, user.email])
    change.importedPassword = null
  }
  if (change.email !== undefined || change.password !== undefined) await requireProof(needs, act)
  const fields = Object.keys(change).filter(field => field !== 'importedPassword')
  if (fields.length === 0) return user
  const changed = await needs.users.change(
    user.id,
    change,
    entry(act, 'changed', aboutUser(user), { at: needs.now(), detail: { fields } }),
    ask.password === undefined ? undefined : { kinds: FROM_PASSWORD, except: credentialId },
  )
  if (changed === 'name-taken') throw new Refusal('name-taken', `${ask.email} is in use`, { parameter: 'name' })
  if (typeof changed !== 'object') throw new Refusal('user-unknown', `user ${user.id} was deleted meanwhile`)
  return changed
}

/** A user, and the credential of the request. */
export type TokenHolder = UserActor & { credentialId: string }
export type UpdateMember = { email?: string; firstName?: string; lastName?: string; password?: string }
type Needs = ProofNeeds & Pick<World, 'users' | 'rules'>
