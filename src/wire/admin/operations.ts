import { PERMISSIONS } from '../../model/users/permissions.ts'
import { clientDocumentsOperations } from './client-documents/operations.ts'
import { clientsOperations } from './clients/operations.ts'
import { credentialsOperations } from './credentials/operations.ts'
import { findOperations } from './find/operations.ts'
import { gatesOperations } from './gates/operations.ts'
import { grantsOperations } from './grants/operations.ts'
import { installationOperations } from './installation/operations.ts'
import { journalOperations } from './journal/operations.ts'
import { registrationsOperations } from './registrations/operations.ts'
import { resourceServersOperations } from './resource-servers/operations.ts'
import { scopesOperations } from './scopes/operations.ts'
import { sessionOperations } from './session/operations.ts'
import { sessionsOperations } from './sessions/operations.ts'
import { signingKeysOperations } from './signing-keys/operations.ts'
import { usageOperations } from './usage/operations.ts'
import { usersOperations } from './users/operations.ts'

const ROWS = {
  ...sessionOperations,
  ...usersOperations,
  ...clientsOperations,
  ...registrationsOperations,
  ...clientDocumentsOperations,
  ...credentialsOperations,
  ...grantsOperations,
  ...sessionsOperations,
  ...resourceServersOperations,
  ...gatesOperations,
  ...scopesOperations,
  ...signingKeysOperations,
  ...journalOperations,
  ...findOperations,
  ...usageOperations,
  ...installationOperations,
} as const
type Rows = typeof ROWS

/** All operations of the management API by operation id. An operation without a permission does not compile. */
export const OPERATIONS = Object.fromEntries(
  (Object.keys(ROWS) as (keyof Rows)[]).map(id => [id, { ...ROWS[id], ...PERMISSIONS[id] }]),
) as { [Id in keyof Rows]: Rows[Id] & (typeof PERMISSIONS)[Id] }
