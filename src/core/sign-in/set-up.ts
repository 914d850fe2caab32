import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { type Act, type Anonymous, OPERATOR } from '../../model/users/actor.ts'
import type { User } from '../../model/users/user.ts'
import { newUser, type UserFields } from '../users/new-user.ts'
import { checkEmail, checkHandle, nameTaken } from '../users/user-rules.ts'
import type { World } from '../world.ts'
import { checkSetUp } from './check-set-up.ts'

/**
 * Makes the owner account, in the operator's name, because the link was shown on the machine. The same transaction
 * spends the link, so invalid input does not spend it.
 */
export async function setUp(needs: Needs, { from }: Act<Anonymous>, ask: SetUp): Promise<User> {
  const { secret, ...account } = ask
  const act: Act = { by: OPERATOR.by, from }
  const link = await checkSetUp(needs, act, { secret })
  checkHandle(account.handle)
  if (account.email !== undefined) checkEmail(account.email)
  const made = await newUser(needs, { ...account, role: 'owner' })
  const { opensFor } = link.data
  const thing = { ...aboutUser(made), credentialId: link.id }
  const user = await needs.users.createByLink(
    made,
    { fingerprint: link.fingerprint, opensFor },
    entry(act, 'created', thing, { at: made.createdAt }),
  )
  if (user === 'name-taken') throw nameTaken(account)
  if (user === 'spent') throw new Refusal('invite-unknown', `link ${link.id} was used at the same moment`)
  if (user === 'admin-exists') throw new Refusal('invite-unknown', `link ${link.id}: somebody else was first`)
  return user
}

export type SetUp = Pick<UserFields, 'handle' | 'email' | 'firstName' | 'lastName'> & {
  secret: string
  password: string
}
type Needs = Pick<World, 'users' | 'credentials' | 'vault' | 'passwords' | 'rules' | 'now'>
