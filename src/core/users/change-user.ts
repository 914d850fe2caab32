import { Refusal } from '../../model/refusal.ts'
import { notCovered } from '../../model/scope.ts'
import { isManagementScope, ROLES, type Role, type User } from '../../model/user.ts'
import type { UserChange } from '../../ports/users.ts'
import { checkAbove, checkLimit, checkRank, type Grantor, isOperator, isOwn, requirePower } from '../authority.ts'
import type { Source, World } from '../world.ts'
import { checkEmail, checkHandle } from './create-user.ts'

/** Changes who somebody is or what they may do. Disabling stops all that is theirs; a lower role takes its powers back. */
export async function changeUser(needs: Needs, by: Grantor, ask: ChangeUser): Promise<User> {
  const { userId, from, ...change } = ask
  const before = await needs.users.byId(userId)
  if (!before) throw new Refusal('user-unknown', `no user ${userId}`)
  const itself = ask.role === undefined && ask.scopes === undefined && ask.active === undefined
  if (!itself || !isOwn(by, userId)) requirePower(by, 'users:write')
  checkAbove(by, before)
  if (change.role !== undefined) checkRank(by, change.role)
  if (change.scopes !== undefined) checkLimit(by, change.scopes)
  if (change.handle !== undefined) checkHandle(change.handle)
  if (change.email) checkEmail(change.email)
  const entry = {
    at: needs.now(),
    event: 'changed' as const,
    about: 'user',
    aboutId: userId,
    actor: by.actor,
    userId,
    detail: { fields: Object.keys(change), ...(change.role && { role: change.role }) },
    ...from,
  }
  const user = await needs.users.change(userId, change, entry, undefined, { leave: whoMustStay(by) })
  if (user === 'last-admin') throw lastAdmin(before)
  if (user === 'name-taken')
    throw new Refusal('name-taken', `${change.handle ?? change.email} is in use`, {
      parameter: change.handle === undefined ? 'email' : 'handle',
    })
  if (!user) throw new Refusal('user-unknown', `user ${userId} was deleted meanwhile`)
  if (change.role !== undefined) await takeBack(needs, by, user, change.role, from)
  return user
}

/** Ends what carries powers that the role does not have. Repeating it finishes what a crash left undone. */
async function takeBack(needs: Needs, by: Grantor, user: User, role: Role, from: Source): Promise<void> {
  const mayHold = [...ROLES[role], ...(user.scopes ?? [])]
  let cursor: string | undefined
  do {
    const page = await needs.credentials.list(
      { userId: user.id, status: 'active' },
      { limit: 200, ...(cursor && { cursor }) },
    )
    for (const credential of page.items) {
      const beyond = notCovered(mayHold, (credential.scopes ?? []).filter(isManagementScope))
      if (beyond.length === 0) continue
      await needs.credentials.revoke(credential.id, {
        at: needs.now(),
        event: 'revoked',
        about: 'credential',
        aboutId: credential.id,
        actor: by.actor,
        userId: user.id,
        credentialId: credential.id,
        reason: 'role-lowered',
        detail: { beyond },
        ...from,
      })
    }
    cursor = page.nextCursor
  } while (cursor)
}

/** An installation without anybody to run it helps nobody; only the operator at the machine, who can make another, may. */
export const whoMustStay = (by: Grantor): 'an-admin' | 'anybody' => (isOperator(by) ? 'anybody' : 'an-admin')

export const lastAdmin = (user: User): Refusal =>
  new Refusal('state-conflict', `${user.handle} is the last admin`, {
    sentence: 'This is the last active admin. Make another one first.',
  })

/** A key that is present is written; `null` clears. */
export type ChangeUser = Pick<
  UserChange,
  'handle' | 'email' | 'firstName' | 'lastName' | 'role' | 'scopes' | 'active'
> & {
  userId: string
  from: Source
}
type Needs = Pick<World, 'users' | 'credentials' | 'now'>
