import type { Scope } from './scope.ts'

/*
 * The permission that each operation needs, listed here alone; `core/authority.ts` checks it. Decisions of the core require it by the name of the operation; the
 * management API, its documents and the console derive from it. The operator at the machine holds everything.
 */

export type Permission = {
  /** Management scopes that the actor must hold, all of them. */
  needs: readonly Scope[]
  /** What a person may do without them: `own`: the same with what is theirs; `all`: everything. */
  self?: 'own' | 'all'
}

export const PERMISSIONS = {
  // Session
  getSession: { needs: [], self: 'all' },
  proveSession: { needs: [], self: 'all' },
  listViews: { needs: [], self: 'all' },
  putView: { needs: [], self: 'all' },
  deleteView: { needs: [], self: 'all' },
  // Users
  listUsers: { needs: ['users:read'] },
  createUser: { needs: ['users:write'] },
  getUser: { needs: ['users:read'], self: 'own' },
  changeUser: { needs: ['users:write'], self: 'own' },
  setPassword: { needs: ['users:write'], self: 'own' },
  deleteUser: { needs: ['users:write'] },
  removeSecondFactor: { needs: ['users:write'], self: 'own' },
  userImpact: { needs: ['users:read', 'credentials:read'], self: 'own' },
  // Applications
  listClients: { needs: ['clients:read'], self: 'own' },
  createClient: { needs: ['clients:write'], self: 'own' },
  getClient: { needs: ['clients:read'], self: 'own' },
  changeClient: { needs: ['clients:write'], self: 'own' },
  deleteClient: { needs: ['clients:write'], self: 'own' },
  clientImpact: { needs: ['clients:read', 'credentials:read'], self: 'own' },
  listClientSecrets: { needs: ['clients:read'], self: 'own' },
  rotateClientSecret: { needs: ['clients:write'], self: 'own' },
  // Credentials
  listCredentials: { needs: ['credentials:read'], self: 'own' },
  createCredential: { needs: ['credentials:write'], self: 'own' },
  getCredential: { needs: ['credentials:read'], self: 'own' },
  changeCredential: { needs: ['credentials:write'], self: 'own' },
  credentialImpact: { needs: ['credentials:read'], self: 'own' },
  rotateCredential: { needs: ['credentials:write'], self: 'own' },
  revokeCredential: { needs: ['credentials:revoke'], self: 'own' },
  revokeCredentials: { needs: ['credentials:revoke'], self: 'own' },
  // Grants
  listGrants: { needs: ['credentials:read'], self: 'own' },
  grantImpact: { needs: ['credentials:read'], self: 'own' },
  revokeGrant: { needs: ['credentials:revoke'], self: 'own' },
  // Sessions
  listSessions: { needs: ['credentials:read'], self: 'own' },
  endSession: { needs: ['credentials:revoke'], self: 'own' },
  // Resource servers
  listResourceServers: { needs: ['resources:read'], self: 'all' },
  createResourceServer: { needs: ['resources:write'] },
  getResourceServer: { needs: ['resources:read'], self: 'all' },
  changeResourceServer: { needs: ['resources:write'] },
  deleteResourceServer: { needs: ['resources:write'] },
  // Gates
  listGates: { needs: ['resources:read'] },
  createGate: { needs: ['resources:write'] },
  getGate: { needs: ['resources:read'] },
  changeGate: { needs: ['resources:write'] },
  deleteGate: { needs: ['resources:write'] },
  // Scopes
  listScopes: { needs: ['resources:read'], self: 'all' },
  putScope: { needs: ['resources:write'] },
  deleteScope: { needs: ['resources:write'] },
  // Signing keys
  listSigningKeys: { needs: ['keys:read'] },
  rotateSigningKey: { needs: ['keys:write'] },
  removeSigningKey: { needs: ['keys:write'] },
  // Activity
  listJournal: { needs: ['journal:read'], self: 'own' },
  countJournal: { needs: ['journal:read'] },
  explain: { needs: ['credentials:read', 'journal:read'] },
  /** Finds what its caller may list, and of others nothing. */
  find: { needs: ['credentials:read'], self: 'all' },
  // Usage
  readUsage: { needs: ['credentials:read'], self: 'own' },
  readNetworks: { needs: ['credentials:read'], self: 'own' },
  readCheckTimes: { needs: ['credentials:read'] },
  credentialAges: { needs: ['credentials:read'] },
  topCredentials: { needs: ['credentials:read'] },
  sparklines: { needs: ['credentials:read'], self: 'own' },
  // Installation
  overview: { needs: ['credentials:read', 'journal:read'] },
  listSettings: { needs: ['settings:read'] },
} as const satisfies Record<string, Permission>

/** Operations by the ids they have in the management API. */
export type OperationName = keyof typeof PERMISSIONS
