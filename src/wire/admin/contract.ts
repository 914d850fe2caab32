import type { z } from 'zod'
import type { OPERATIONS } from './contract/operations.ts'

/*
 * The management API as schemas: what the console, the reference and the tests share. Nothing here knows the server.
 * Callers present a bearer credential that carries the scopes an operation needs, or the cookie of a signed-in person;
 * the latter also sends `x-claviger-csrf` (from GET /v1/session) with every method but GET.
 * Errors are `application/problem+json` (`problem`).
 */
export * from './contract/clients.ts'
export * from './contract/credentials.ts'
export * from './contract/gates.ts'
export * from './contract/insight.ts'
export type { Operation } from './contract/operation.ts'
export { OPERATIONS } from './contract/operations.ts'
export { problem } from './contract/shapes.ts'
export * from './contract/users.ts'
export * from './contract/views.ts'

export type OperationId = keyof typeof OPERATIONS
type Row<Id extends OperationId> = (typeof OPERATIONS)[Id]
/** What an operation answers. */
export type Answer<Id extends OperationId> = z.infer<Row<Id>['answer']>
/** What its body may be, before defaults are filled in. */
export type Body<Id extends OperationId> = Row<Id> extends { body: infer S extends z.ZodType } ? z.input<S> : undefined
/** What its query may be, before defaults are filled in. */
export type Query<Id extends OperationId> =
  Row<Id> extends { query: infer S extends z.ZodType } ? z.input<S> : undefined
