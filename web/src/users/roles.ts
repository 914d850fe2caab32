import type { Answer } from '../../../src/wire/admin/contract.ts'

export type Role = Answer<'getUser'>['role']

/** Labels and descriptions of roles. The server sends the scopes of each (`rules.roles`). */
export const ROLES: Record<Role, { label: string; says: string }> = {
  owner: { label: 'Owner', says: 'Everything, including settings.' },
  admin: { label: 'Admin', says: 'Everything, but cannot change settings.' },
  operator: { label: 'Operator', says: 'Manages users, applications and credentials. Reads the rest.' },
  support: { label: 'Support', says: 'Reads, and revokes credentials and sessions.' },
  auditor: { label: 'Auditor', says: 'Reads everything, changes nothing.' },
  user: { label: 'User', says: 'Signs in, allows applications, creates own tokens.' },
}
