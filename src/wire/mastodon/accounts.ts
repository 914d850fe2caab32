import { createHash } from 'node:crypto'
import type { World } from '../../core/world.ts'
import { Refusal } from '../../model/refusal.ts'
import { covers } from '../../model/scope.ts'
import { isStaff, ROLES, type User } from '../../model/user.ts'
import type { WireAnswer } from '../dialect.ts'
import type { Acting } from './callers.ts'

/* A user as an account of this family: much of it is about posts and followers, of which there are none here. */

export type Account = { user: User; issuer: string }

export async function findAccount(world: Pick<World, 'users' | 'rules'>, { subject }: Acting): Promise<Account> {
  const user = await world.users.byId(subject.id)
  if (!user) throw new Refusal('credential-revoked', `user ${subject.id} is gone`)
  return { user, issuer: world.rules.issuer }
}

export const showAccount = (account: Account): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'no-store' },
  body: describeAccount(account),
})

const displayName = ({ firstName, lastName, handle }: User): string =>
  [firstName, lastName].filter(Boolean).join(' ') || handle

/** Every field that is not optional in either original; texts are never null. */
function describeAccount({ user, issuer }: Account) {
  const url = profileAddress(issuer, user)
  const [avatar, header] = [issuer + AVATAR, issuer + HEADER]
  return {
    id: accountId(user),
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
    source: {
      privacy: 'public',
      web_visibility: 'public',
      web_layout: 'microblog',
      sensitive: false,
      language: '',
      status_content_type: 'text/plain',
      note: '',
      fields: [],
      follow_requests_count: 0,
    },
    role: describeRole(user),
    roles: isStaff(user.role) ? [{ id: user.role, name: user.role, color: '' }] : [],
  }
}

/** Bits of Mastodon's role permissions, each with the right of ours that gives it. */
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

/** OpenID Connect Core section 5.3.2, as far as this family has it; `sub` is the actor's address, as in the original. */
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

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const base32 = (bits: bigint, length: number): string =>
  Array.from({ length }, (_, i) => CROCKFORD[Number((bits >> BigInt(5 * (length - 1 - i))) & 31n)]).join('')

/**
 * A ULID as GoToSocial has them: 48 bits of time, 80 that tell users of one millisecond apart. Both follow from what is
 * stored, so the id is stable and needs no column; the digest keeps the ids of other systems out of it.
 */
export function accountId({ id, createdAt }: Pick<User, 'id' | 'createdAt'>): string {
  const digest = createHash('sha256').update(`account ${id}`).digest('hex')
  return base32(BigInt(createdAt), 10) + base32(BigInt(`0x${digest.slice(0, 20)}`), 16)
}

export const actorAddress = (issuer: string, { handle }: Pick<User, 'handle'>): string =>
  `${issuer}/users/${encodeURIComponent(handle)}`
export const profileAddress = (issuer: string, { handle }: Pick<User, 'handle'>): string =>
  `${issuer}/@${encodeURIComponent(handle)}`

export const AVATAR = '/avatars/missing.svg'
export const HEADER = '/headers/missing.svg'

/** One picture for everybody, so that no client shows a broken one. */
const picture = (shape: string, viewBox: string): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' },
  body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">${shape}</svg>`,
})
export const showAvatar = (): WireAnswer =>
  picture(
    '<path fill="#d5dae1" d="M0 0h48v48H0z"/><circle cx="24" cy="18" r="9" fill="#8a94a3"/><path fill="#8a94a3" d="M8 48a16 16 0 0 1 32 0z"/>',
    '0 0 48 48',
  )
export const showHeader = (): WireAnswer => picture('<path fill="#d5dae1" d="M0 0h3v1H0z"/>', '0 0 3 1')
