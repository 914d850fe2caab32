import { attemptPromises } from './attempts.ts'
import { authenticatorPromises } from './authenticators.ts'
import { changePromises } from './changes.ts'
import { chartPromises } from './charts.ts'
import { clientDocumentPromises } from './client-documents.ts'
import { credentialPromises } from './credentials.ts'
import { enginePromises } from './engines.ts'
import { gatePromises } from './gates.ts'
import { logPromises } from './logs.ts'
import { memberPromises } from './members.ts'
import { ownerPromises } from './owners.ts'
import { planPromises } from './plans.ts'
import { registrationPromises } from './registrations.ts'
import { upkeepPromises } from './retention.ts'
import type { Open } from './samples.ts'
import type { OpenEmpty } from './schema.ts'
import { schemaPromises } from './schema.ts'
import { sessionPromises } from './sessions.ts'
import { signingKeyPromises } from './signing-keys.ts'
import { singleUsePromises } from './single-use.ts'
import { statedUsePromises } from './stated-use.ts'
import { statementPromises } from './statements.ts'
import { insightPromises } from './statistics.ts'

/** Registers all storage tests. Each engine calls this one function, so no test can be missing for one engine. */
export function storagePromises(open: Open, empty: OpenEmpty): void {
  credentialPromises(open)
  changePromises(open)
  singleUsePromises(open)
  attemptPromises(open)
  authenticatorPromises(open)
  ownerPromises(open)
  clientDocumentPromises(open)
  gatePromises(open)
  memberPromises(open)
  registrationPromises(open)
  enginePromises(open)
  insightPromises(open)
  statedUsePromises(open)
  chartPromises(open)
  planPromises(open)
  logPromises(open)
  upkeepPromises(open)
  sessionPromises(open)
  signingKeyPromises(open)
  statementPromises(open)
  schemaPromises(empty)
}
