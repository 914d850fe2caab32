import type { Stores } from '../ports/stores.ts'
import type { Engine } from './engine.ts'
import { assertionStore } from './sql/assertions.ts'
import { attemptStore } from './sql/attempts.ts'
import { authenticatorStore } from './sql/authenticators.ts'
import { checkTimes } from './sql/check-times.ts'
import { clientDocumentStore } from './sql/client-documents.ts'
import { clientStore } from './sql/clients.ts'
import { credentialStore } from './sql/credentials.ts'
import { familiarStore } from './sql/familiar.ts'
import { gateStore } from './sql/gates.ts'
import { grantStore } from './sql/grants.ts'
import { journalStore } from './sql/journal.ts'
import { logoutStore } from './sql/logouts.ts'
import { registrationStore } from './sql/registrations.ts'
import { resourceStore, scopeStore } from './sql/resources.ts'
import { retentionStore } from './sql/retention.ts'
import { revocationLog } from './sql/revocations.ts'
import { idempotencyStore, settingStore } from './sql/settings.ts'
import { signingKeyStore } from './sql/signing-keys.ts'
import { endedStatementStore, statementKeyStore } from './sql/statements.ts'
import { statisticsStore } from './sql/statistics.ts'
import { usageStore } from './sql/usage.ts'
import { userStore } from './sql/users.ts'
import { viewStore } from './sql/views.ts'
import { workspaceStore } from './sql/workspaces.ts'

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
