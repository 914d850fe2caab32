import { OPENID_SCOPES } from '../clients/openid.ts'
import { covers, intersect, notCovered, type Scope } from '../scopes/scope.ts'
import type { UserClaims } from './standard-claims.ts'

export type User = {
  /** 24 hex digits, immutable, never reused. */
  id: string
  /** A whole number for systems that number their users; never reused. */
  number: number
  handle: string
  email?: string
  firstName?: string
  lastName?: string
  role: Role
  /** The widest scopes that this user may use. `undefined`: no limit. */
  scopes?: Scope[]
  active: boolean
  /** Authenticators of the user (`model/users/authenticator.ts`): a password, and a second factor that each sign-in requires. */
  hasPassword: boolean
  secondFactor: boolean
  /** The password string of an imported user in the other system, sealed. The other system derives tokens from it. */
  importedPassword?: string
  /**
   * This number increases when everything of the user is ended at once. Decisions made in an earlier epoch are no
   * longer carried out.
   */
  epoch: number
  createdAt: number
  /** The claims of OpenID Connect that the other fields do not contain. */
  claims?: UserClaims
}

/** A user before the database adds the number. `password`: a hash, stored as the first authenticator. */
export type NewUser = Omit<User, 'number' | 'epoch' | 'hasPassword' | 'secondFactor'> & { password?: string }

/** Management scopes of each role; a role has only the scopes listed here. */
export const ROLES = {
  owner: ['users', 'clients', 'credentials', 'resources', 'journal', 'keys', 'settings'],
  admin: ['users', 'clients', 'credentials', 'resources', 'journal', 'keys', 'settings:read'],
  operator: ['users:read', 'users:write', 'clients', 'credentials', 'resources:read', 'journal:read'],
  support: ['users:read', 'clients:read', 'credentials:read', 'credentials:revoke', 'journal:read'],
  auditor: [
    'users:read',
    'clients:read',
    'credentials:read',
    'resources:read',
    'journal:read',
    'keys:read',
    'settings:read',
  ],
  user: [],
} as const satisfies Record<string, readonly Scope[]>

export type Role = keyof typeof ROLES
export const isStaff = (role: Role): boolean => role !== 'user'

/** The first parts of management scopes; only users who hold such a scope can grant it. */
const MANAGEMENT = ['users', 'clients', 'credentials', 'resources', 'journal', 'keys', 'settings']
export const isManagementScope = (scope: Scope): boolean => MANAGEMENT.includes(scope.split(':')[0] ?? '')

/** Scopes that guarded APIs reserve for administrators; only credentials of administrators may have them. */
const isAdministration = (scope: Scope): boolean => scope === 'admin' || scope.startsWith('admin:')

/** Tells if a scope gives rights beyond the user's own things, so that the consent page warns. */
export const isHighRisk = (scope: Scope): boolean => isManagementScope(scope) || isAdministration(scope)

/** Tells if this user may grant this scope to an application or to a token. */
export function mayGrant(user: Pick<User, 'role' | 'scopes'>, scope: Scope): boolean {
  if (OPENID_SCOPES.includes(scope) || (user.scopes && covers(user.scopes, scope))) return true
  if (isAdministration(scope)) return user.role === 'owner' || user.role === 'admin'
  if (isManagementScope(scope)) return covers(ROLES[user.role], scope)
  return user.scopes === undefined
}

/** The scopes of a user's credential at this moment, limited to the current rights of the user. */
export function effectiveScopes(
  carried: readonly Scope[] | undefined,
  owner: Pick<User, 'scopes' | 'role'> | undefined,
  /** The requested scopes. If the credential has no own scopes, each requested scope counts that the owner has. */
  wanted: readonly Scope[] = [],
): Scope[] {
  if (!owner) return [...(carried ?? [])]
  const held = [...(owner.scopes ?? []), ...ROLES[owner.role]]
  if (carried === undefined) return [...held, ...notCovered(held, wanted).filter(scope => mayGrant(owner, scope))]
  return [...new Set(carried.flatMap(scope => (mayGrant(owner, scope) ? [scope] : intersect([scope], held))))]
}

/** The part of a user in JSON that the management API, the command line and the account export share. */
export const userFields = (user: User) => ({
  id: user.id,
  number: user.number,
  handle: user.handle,
  email: user.email ?? null,
  first_name: user.firstName ?? null,
  last_name: user.lastName ?? null,
  role: user.role,
  claims: user.claims ?? {},
})

/** Handles and e-mail addresses share one namespace and are compared in this form. */
export const canonicalName = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
