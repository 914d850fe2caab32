import { aboutCredential, aboutUser, entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { notCovered } from '../../model/scopes/scope.ts'
import type { Act } from '../../model/users/actor.ts'
import type { ClaimsChange, UserClaims } from '../../model/users/standard-claims.ts'
import { isManagementScope, ROLES, type Role, type User } from '../../model/users/user.ts'
import type { UserChange } from '../../ports/users.ts'
import { checkAbove, checkLimit, checkRank, isOwn, isSelf, permits, requirePermission } from '../authority.ts'
import { checkDeclared, type ScopeNeeds } from '../resources/scope-rules.ts'
import { type Proof, type ProofNeeds, requireProof } from '../sign-in/require-proof.ts'
import type { World } from '../world.ts'
import { changedClaims } from './claims.ts'
import { lastAdmin, whoMustStay } from './last-admin.ts'
import { checkEmail, checkHandle } from './user-rules.ts'

/**
 * Changes the profile, role, scopes or state of a user. Disabling a user stops all their credentials. A lower role ends
 * credentials with more rights than the role.
 */
export async function changeUser(needs: Needs, act: Act, ask: ChangeUser): Promise<User> {
  const { by } = act
  const { userId, currentPassword, claims, ...fields } = ask
  const before = await needs.users.byId(userId)
  if (!before) throw missing('user', userId)
  const change = { ...fields, ...withClaims(needs, act, before, ask) }
  const itself = ask.role === undefined && ask.scopes === undefined && ask.active === undefined
  if (!itself || !isOwn(by, userId)) requirePermission(by, 'changeUser')
  checkAbove(by, before)
  if (change.role !== undefined) checkRank(by, change.role)
  if (change.scopes !== undefined) checkLimit(by, change.scopes)
  await checkDeclared(
    needs,
    (change.scopes ?? []).filter(scope => !before.scopes?.includes(scope)),
  )
  if (isSelf(by, userId) && renames(before, change))
    await requireProof(needs, { by, from: act.from }, { currentPassword })
  if (change.handle !== undefined) checkHandle(change.handle)
  if (change.email) checkEmail(change.email)
  const { role, active } = change
  const detail = {
    fields: Object.keys({ ...fields, ...(claims && { claims }) }),
    ...(role && { role }),
    ...(active !== undefined && { active }),
  }
  const changed = entry(act, 'changed', aboutUser(before), { at: needs.now(), detail })
  const user = await needs.users.change(userId, change, changed, undefined, { leave: whoMustStay(by) })
  if (user === 'last-admin') throw lastAdmin(before)
  if (user === 'name-taken')
    throw new Refusal('name-taken', `${change.handle ?? change.email} is in use`, {
      parameter: change.handle === undefined ? 'email' : 'handle',
    })
  if (!user) throw new Refusal('user-unknown', `user ${userId} was deleted meanwhile`)
  if (change.role !== undefined) await takeBack(needs, act, user, change.role)
  return user
}

/** Returns the new claims. A change of a name or address also changes claims: `updated_at` and `email_verified`. */
function withClaims(needs: Pick<World, 'now'>, { by }: Act, before: User, ask: ChangeUser): { claims?: UserClaims } {
  const { claims, email, firstName, lastName, handle } = ask
  if ([claims, email, firstName, lastName, handle].every(one => one === undefined)) return {}
  const who = permits(by, 'changeUser') ? 'staff' : 'person'
  return { claims: changedClaims(before, ask, { by: who, now: needs.now() }) }
}

/** True if the change concerns a name for signing in, or the e-mail address. */
const renames = (
  user: User,
  { handle = user.handle, email = user.email }: Pick<ChangeUser, 'handle' | 'email'>,
): boolean => handle !== user.handle || (email ?? undefined) !== user.email

/** Ends credentials with rights that the new role lacks. A repeated call completes one that a crash interrupted. */
async function takeBack(needs: Needs, act: Act, user: User, role: Role): Promise<void> {
  const mayHold = [...ROLES[role], ...(user.scopes ?? [])]
  let cursor: string | undefined
  do {
    const page = await needs.credentials.list(
      { userId: user.id, status: 'live' },
      { limit: 200, ...(cursor && { cursor }) },
    )
    for (const credential of page.items) {
      const beyond = notCovered(mayHold, (credential.scopes ?? []).filter(isManagementScope))
      if (beyond.length === 0) continue
      const why = { at: needs.now(), reason: 'role-lowered', detail: { beyond } }
      await needs.credentials.revoke(credential.id, entry(act, 'revoked', aboutCredential(credential), why))
    }
    cursor = page.nextCursor
  } while (cursor)
}

/** Only present fields are changed; `null` clears a field. */
export type ChangeUser = Pick<
  UserChange,
  'handle' | 'email' | 'firstName' | 'lastName' | 'role' | 'scopes' | 'active'
> &
  /** Proof of the user's identity, required for a change of their own names. */
  Proof & { userId: string; claims?: ClaimsChange }
type Needs = ProofNeeds & ScopeNeeds & Pick<World, 'users' | 'credentials'>
