import type { World } from '../../../core/world.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { covers } from '../../../model/scopes/scope.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import { isStaff, ROLES, type User } from '../../../model/users/user.ts'
import type { WireAnswer } from '../../dialect.ts'
import { ACCOUNT_SOURCE, AVATAR, HEADER } from './stubs.ts'
import { ulidOf } from './ulid.ts'

/* A user in the shape of an account of this family. Fields about posts and followers are empty. */

export type Account = { user: User; issuer: string }

export async function findAccount(world: Pick<World, 'users' | 'rules'>, { by }: Act<Oneself>): Promise<Account> {
  const user = await world.users.byId(by.user.id)
  if (!user) throw new Refusal('credential-revoked', `user ${by.user.id} is gone`)
  return { user, issuer: world.rules.issuer }
}

export const showAccount = (account: Account): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'no-store' },
  body: describeAccount(account),
})

const displayName = ({ firstName, lastName, handle }: User): string =>
  [firstName, lastName].filter(Boolean).join(' ') || handle

/** Contains every field that is required in both originals; texts are never null. */
function describeAccount({ user, issuer }: Account) {
  const url = profileAddress(issuer, user)
  const [avatar, header] = [issuer + AVATAR, issuer + HEADER]
  return {
    id: ulidOf('account', user),
    username: user.handle,
    acct: user.handle,
    display_name: displayName(user),
    locked: false,
    discoverable: false,
    bot: false,
    group: false,
    created_at: new Date(user.createdAt).toISOString(),
    note: '',
    url,
    uri: actorAddress(issuer, user),
    avatar,
    avatar_static: avatar,
    header,
    header_static: header,
    followers_count: 0,
    following_count: 0,
    statuses_count: 0,
    last_status_at: null,
    emojis: [],
    fields: [],
    source: ACCOUNT_SOURCE,
    role: describeRole(user),
    roles: isStaff(user.role) ? [{ id: user.role, name: user.role, color: '' }] : [],
  }
}

/** Bits of Mastodon's role permissions, each with the corresponding right here. */
const PERMISSIONS = [
  ['users:write', 0x400], // manage users
  ['users:write', 0x40000], // manage user access
  ['journal:read', 0x4], // view the audit log
  ['settings:write', 0x40], // manage settings
  ['keys:write', 0x1], // administrator
] as const

const describeRole = ({ role }: User) => ({
  id: role,
  name: role,
  color: '',
  permissions: String(
    PERMISSIONS.filter(([right]) => covers(ROLES[role], right)).reduce((all, [, bit]) => all | bit, 0),
  ),
  highlighted: isStaff(role),
})

/**
 * OpenID Connect Core section 5.3.2, limited to the claims of this family; `sub` is the actor's address, as in the
 * original.
 */
export const showUserInfo = ({ user, issuer }: Account): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'no-store' },
  body: {
    iss: issuer,
    sub: actorAddress(issuer, user),
    name: displayName(user),
    preferred_username: user.handle,
    profile: profileAddress(issuer, user),
    picture: issuer + AVATAR,
  },
})

export const actorAddress = (issuer: string, { handle }: Pick<User, 'handle'>): string =>
  `${issuer}/users/${encodeURIComponent(handle)}`
export const profileAddress = (issuer: string, { handle }: Pick<User, 'handle'>): string =>
  `${issuer}/@${encodeURIComponent(handle)}`
