import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'

export type Role = Answer<'getUser'>['role']

/** Labels and descriptions of roles. The server sends the scopes of each (`rules.roles`). */
export const ROLES: Record<Role, { label: string; says: string }> = {
  owner: { label: t('Owner'), says: t('Everything, including settings.') },
  admin: { label: t('Admin'), says: t('Everything, but cannot change settings.') },
  operator: { label: t('Operator'), says: t('Manages users, applications and credentials. Reads the rest.') },
  support: { label: t('Support'), says: t('Reads, and revokes credentials and sessions.') },
  auditor: { label: t('Auditor'), says: t('Reads everything, changes nothing.') },
  user: { label: t('User'), says: t('Signs in, allows applications, creates own tokens.') },
}
