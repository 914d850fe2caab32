import { covers, intersect, notCovered, type Scope } from './scope.ts'

export type User = {
  /** 24 hex digits, immutable, never reused. */
  id: string
  /** A whole number for systems that count their users; never reused. */
  number: number
  handle: string
  email?: string
  firstName?: string
  lastName?: string
  role: Role
  /** What this user may do at most. `undefined`: no limit was set. */
  scopes?: Scope[]
  active: boolean
  /** Which authenticators they have (`model/authenticator.ts`): a password, and one that a sign-in asks for after it. */
  hasPassword: boolean
  secondFactor: boolean
  /** Sealed: the password string of the system this user was imported from, for tokens derived from it there. */
  importedPassword?: string
  /** Counts up whenever what is theirs is ended at one stroke; what was decided for them in an earlier one no longer holds. */
  epoch: number
  createdAt: number
}

/** Before the database has numbered them. `password`: a hash; becomes their first authenticator. */
export type NewUser = Omit<User, 'number' | 'epoch' | 'hasPassword' | 'secondFactor'> & { password?: string }

/** What each role may do in the management API; each holds what it says and nothing else. */
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

/** The first parts of management scopes: only their holders may hand them out. */
const MANAGEMENT = ['users', 'clients', 'credentials', 'resources', 'journal', 'keys', 'settings']
export const isManagementScope = (scope: Scope): boolean => MANAGEMENT.includes(scope.split(':')[0] ?? '')

/** What guarded APIs keep for their administrators; only an administrator's credential may carry it. */
const isAdministration = (scope: Scope): boolean => scope === 'admin' || scope.startsWith('admin:')

/** Reaches beyond what is the user's own: a person who is asked for it should look twice. */
export const isFarReaching = (scope: Scope): boolean => isManagementScope(scope) || isAdministration(scope)

/** May this user pass this scope on to an application, or to a token of their own? */
export function mayGrant(user: Pick<User, 'role' | 'scopes'>, scope: Scope): boolean {
  if (user.scopes && covers(user.scopes, scope)) return true
  if (isAdministration(scope)) return user.role === 'owner' || user.role === 'admin'
  if (isManagementScope(scope)) return covers(ROLES[user.role], scope)
  return user.scopes === undefined
}

/** What a credential of this user carries at this moment: never more than the user may do now. */
export function effectiveScopes(
  carried: readonly Scope[] | undefined,
  owner: Pick<User, 'scopes' | 'role'> | undefined,
  /** What is asked for: without a limit of its own, a credential carries it if its owner may do it. */
  wanted: readonly Scope[] = [],
): Scope[] {
  if (!owner) return [...(carried ?? [])]
  const held = [...(owner.scopes ?? []), ...ROLES[owner.role]]
  if (carried === undefined) return [...held, ...notCovered(held, wanted).filter(scope => mayGrant(owner, scope))]
  return [...new Set(carried.flatMap(scope => (mayGrant(owner, scope) ? [scope] : intersect([scope], held))))]
}

/** A user as JSON, as far as the management API, the command line and the export of an account write the same. */
export const userFields = (user: User) => ({
  id: user.id,
  number: user.number,
  handle: user.handle,
  email: user.email ?? null,
  first_name: user.firstName ?? null,
  last_name: user.lastName ?? null,
  role: user.role,
})

/** Handles and e-mail addresses share one namespace, compared in this form. */
export const canonicalName = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
