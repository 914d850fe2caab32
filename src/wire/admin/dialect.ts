import { answerOnce } from '../../core/services/answer-once.ts'
import { type Dialect, type Route, route, type WireAnswer } from '../dialect.ts'
import { adminCaller } from './callers.ts'
import { OPERATIONS, type Operation, type OperationId } from './contract.ts'
import type { Answered, Handler } from './handler.ts'
import { HANDLERS } from './handlers.ts'
import { type Asked, type Given, readAsked } from './input.ts'
import { refuseAdmin, statusOf } from './refusals.ts'
/** The management API. Every route is made from the contract. */
export const admin: Dialect = {
  name: 'admin',
  prefixes: ['/v1'],
  refuse: refuseAdmin,
  answers: { by: 'Management API', of: code => ({ status: statusOf(code) }) },
  routes: (Object.keys(OPERATIONS) as OperationId[]).map(rowOf),
}

function rowOf<Id extends OperationId>(id: Id): Route {
  const operation: Operation = OPERATIONS[id]
  const handle: Handler<Id> = HANDLERS[id]
  return route({
    on: operation.on,
    caller: adminCaller(id),
    body: 'read',
    decode: readAsked(operation),
    decide: async (world, who, asked: Asked) => {
      const work = () => handle(world, who, asked as Given<Id>)
      if (!asked.once) return { fact: await work(), repeated: false }
      return answerOnce(world, { caller: who.name, ...asked.once }, work)
    },
    encode: ({ fact, repeated }): WireAnswer => encode(operation, fact, repeated),
  })
}

function encode({ status }: Operation, { body, location }: Answered<OperationId>, repeated: boolean): WireAnswer {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (location !== undefined) headers['location'] = location
  if (repeated) headers['idempotency-replayed'] = 'true'
  return { status, headers, body }
}
