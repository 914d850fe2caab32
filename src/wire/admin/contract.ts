import type { z } from 'zod'
import type { OPERATIONS } from './operations.ts'

export { ENDINGS, type EndingName, impactSentence, undoOf } from '../../model/ending.ts'
export { readsAs } from '../../model/request-id.ts'
export { EVERYTHING, NOTHING, scopesInWords } from '../../model/scope.ts'
export { REASON_CHOICES, reasonWords } from '../../model/sentences/reason-words.ts'
export { isFarReaching } from '../../model/user.ts'
export * from './clients/schemas.ts'
export * from './credentials/schemas.ts'
export * from './find/schemas.ts'
export * from './gates/schemas.ts'
export * from './grants/schemas.ts'
export * from './installation/schemas.ts'
export * from './journal/schemas.ts'
/*
 * The management API as schemas: what the console, the reference and the tests share. Nothing here knows the server.
 * Callers present a bearer credential that carries the scopes an operation needs, or the cookie of a signed-in person;
 * the latter also sends `x-claviger-csrf` (from GET /v1/session) with every method but GET.
 * Errors are `application/problem+json` (`problem`).
 */
export type { Operation } from './operation.ts'
export { OPERATIONS } from './operations.ts'
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
/** What an operation answers. */
export type Answer<Id extends OperationId> = z.infer<Row<Id>['answer']>
/** What its body may be, before defaults are filled in. */
export type Body<Id extends OperationId> = Row<Id> extends { body: infer S extends z.ZodType } ? z.input<S> : undefined
/** What its query may be, before defaults are filled in. */
export type Query<Id extends OperationId> =
  Row<Id> extends { query: infer S extends z.ZodType } ? z.input<S> : undefined
