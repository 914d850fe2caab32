import type { Stores } from '../ports/stores.ts'
import type { Engine } from './engine.ts'
import { assertionStore } from './sql/clients/assertions.ts'
import { clientDocumentStore } from './sql/clients/client-documents.ts'
import { clientStore } from './sql/clients/clients.ts'
import { gateStore } from './sql/clients/gates.ts'
import { registrationStore } from './sql/clients/registrations.ts'
import { resourceStore, scopeStore } from './sql/clients/resources.ts'
import { credentialStore } from './sql/credentials/credentials.ts'
import { grantStore } from './sql/credentials/grants.ts'
import { endedStatementStore, statementKeyStore } from './sql/credentials/statements.ts'
import { journalStore } from './sql/journal.ts'
import { retentionStore } from './sql/retention.ts'
import { revocationLog } from './sql/revocations.ts'
import { idempotencyStore, settingStore } from './sql/settings.ts'
import { signingKeyStore } from './sql/signing-keys.ts'
import { checkTimes } from './sql/use/check-times.ts'
import { statisticsStore } from './sql/use/statistics.ts'
import { usageStore } from './sql/use/usage.ts'
import { attemptStore } from './sql/users/attempts.ts'
import { authenticatorStore } from './sql/users/authenticators.ts'
import { familiarStore } from './sql/users/familiar.ts'
import { logoutStore } from './sql/users/logouts.ts'
import { userStore } from './sql/users/users.ts'
import { viewStore } from './sql/users/views.ts'
import { workspaceStore } from './sql/users/workspaces.ts'

/** Opens all stores over one engine; both databases share this implementation. */
export const openStores = (engine: Engine): Stores => ({
  credentials: credentialStore(engine),
  grants: grantStore(engine),
  users: userStore(engine),
  authenticators: authenticatorStore(engine),
  views: viewStore(engine),
  workspaces: workspaceStore(engine),
  clients: clientStore(engine),
  clientDocuments: clientDocumentStore(engine),
  registrations: registrationStore(engine),
  resources: resourceStore(engine),
  gates: gateStore(engine),
  scopes: scopeStore(engine),
  signingKeys: signingKeyStore(engine),
  statementKeys: statementKeyStore(engine),
  endedStatements: endedStatementStore(engine),
  revocations: revocationLog(engine),
  journal: journalStore(engine),
  usage: { ...usageStore(engine), ...checkTimes(engine) },
  statistics: statisticsStore(engine),
  idempotency: idempotencyStore(engine),
  attempts: attemptStore(engine),
  familiar: familiarStore(engine),
  assertions: assertionStore(engine),
  logouts: logoutStore(engine),
  settings: settingStore(engine),
  retention: retentionStore(engine),
})
