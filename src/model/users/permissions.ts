import type { Scope } from '../scopes/scope.ts'

/*
 * The permission of each operation; `core/authority.ts` checks it. Decisions of the core name the operation; the
 * management API, its documents and the console derive from this table. The operator has every permission.
 */

export type Permission = {
  /** Management scopes, all of which the actor must have. */
  needs: readonly Scope[]
  /** The rights of a user without those scopes: `own`: the same operation for things of the user; `all`: the whole operation. */
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
  listUndeliveredLogouts: { needs: ['clients:read'] },
  repeatUndeliveredLogouts: { needs: ['clients:write'] },
  rotateClientSecret: { needs: ['clients:write'], self: 'own' },
  // Clients that register themselves
  listRegistrationTokens: { needs: ['clients:read'] },
  createRegistrationToken: { needs: ['clients:write'] },
  revokeRegistrationToken: { needs: ['clients:write'] },
  listRegistrationBlocks: { needs: ['clients:read'] },
  createRegistrationBlock: { needs: ['clients:write'] },
  deleteRegistrationBlock: { needs: ['clients:write'] },
  listClientDocuments: { needs: ['clients:read'] },
  getClientDocument: { needs: ['clients:read'] },
  refreshClientDocument: { needs: ['clients:write'] },
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
  /** Finds only things that the caller may list. */
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

/** The operation ids of the management API. */
export type OperationName = keyof typeof PERMISSIONS
