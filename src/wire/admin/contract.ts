import type { z } from 'zod'
import type { OPERATIONS } from './operations.ts'

export {
  ENDINGS,
  type EndingName,
  type EndingWords,
  impactSentence,
  NO_WAY_BACK,
  undoOf,
} from '../../model/credentials/ending.ts'
export { readsAs } from '../../model/request-id.ts'
export { EVERYTHING, NOTHING } from '../../model/scopes/scope.ts'
export { REASON_CHOICES, reasonWords } from '../../model/sentences/reason-words.ts'
export { isHighRisk } from '../../model/users/user.ts'
export * from './client-documents/schemas.ts'
export * from './clients/schemas.ts'
export * from './credentials/schemas.ts'
export * from './find/schemas.ts'
export * from './gates/schemas.ts'
export * from './grants/schemas.ts'
export * from './installation/schemas.ts'
export * from './journal/schemas.ts'
/*
 * Schemas of the management API, shared by the console, the reference and the tests; independent of the server.
 * Callers send a bearer credential with the scopes of the operation, or a session cookie. With a cookie, each method
 * other than GET also needs the header `x-claviger-csrf` (from GET /v1/session).
 * Errors are `application/problem+json` (`problem`).
 */
export type { Operation } from './operation.ts'
export { OPERATIONS } from './operations.ts'
export * from './registrations/schemas.ts'
export * from './resource-servers/schemas.ts'
export * from './scopes/schemas.ts'
export * from './session/schemas.ts'
export * from './sessions/schemas.ts'
export { problem } from './shapes.ts'
export * from './signing-keys/schemas.ts'
export * from './usage/schemas.ts'
export * from './users/schemas.ts'

export type OperationId = keyof typeof OPERATIONS
type Row<Id extends OperationId> = (typeof OPERATIONS)[Id]
/** The answer of an operation. */
export type Answer<Id extends OperationId> = z.infer<Row<Id>['answer']>
/** The body of an operation, before defaults are applied. */
export type Body<Id extends OperationId> = Row<Id> extends { body: infer S extends z.ZodType } ? z.input<S> : undefined
/** The query of an operation, before defaults are applied. */
export type Query<Id extends OperationId> =
  Row<Id> extends { query: infer S extends z.ZodType } ? z.input<S> : undefined
