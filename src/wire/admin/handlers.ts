import { clientDocumentsHandlers } from './client-documents/handlers.ts'
import { clientsHandlers } from './clients/handlers.ts'
import type { OperationId } from './contract.ts'
import { credentialsHandlers } from './credentials/handlers.ts'
import { findHandlers } from './find/handlers.ts'
import { gatesHandlers } from './gates/handlers.ts'
import { grantsHandlers } from './grants/handlers.ts'
import type { Handlers } from './handler.ts'
import { installationHandlers } from './installation/handlers.ts'
import { journalHandlers } from './journal/handlers.ts'
import { registrationsHandlers } from './registrations/handlers.ts'
import { resourceServersHandlers } from './resource-servers/handlers.ts'
import { scopesHandlers } from './scopes/handlers.ts'
import { sessionHandlers } from './session/handlers.ts'
import { sessionsHandlers } from './sessions/handlers.ts'
import { signingKeysHandlers } from './signing-keys/handlers.ts'
import { usageHandlers } from './usage/handlers.ts'
import { usersHandlers } from './users/handlers.ts'

/** Total: an operation without a handler does not compile. */
export const HANDLERS: Handlers<OperationId> = {
  ...sessionHandlers,
  ...usersHandlers,
  ...clientsHandlers,
  ...registrationsHandlers,
  ...clientDocumentsHandlers,
  ...credentialsHandlers,
  ...grantsHandlers,
  ...sessionsHandlers,
  ...resourceServersHandlers,
  ...gatesHandlers,
  ...scopesHandlers,
  ...signingKeysHandlers,
  ...journalHandlers,
  ...findHandlers,
  ...usageHandlers,
  ...installationHandlers,
}
