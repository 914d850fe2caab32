import type { Answer } from '../../../src/wire/admin/contract.ts'

export type Role = Answer<'getUser'>['role']

/** Labels and descriptions of roles. The server sends the scopes of each (`rules.roles`). */
export const ROLES: Record<Role, { label: string; says: string }> = {
  owner: { label: 'Owner', says: 'Everything, settings included.' },
  admin: { label: 'Admin', says: 'Everything but settings, which can be read.' },
  operator: { label: 'Operator', says: 'Users, applications and credentials; reads the rest.' },
  support: { label: 'Support', says: 'Reads, and takes credentials and sessions back.' },
  auditor: { label: 'Auditor', says: 'Reads everything, changes nothing.' },
  user: { label: 'User', says: 'Signs in, allows applications, makes tokens of their own.' },
}
