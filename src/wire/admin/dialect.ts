import { answerOnce } from '../../core/services/answer-once.ts'
import { type Dialect, type Route, route, type WireAnswer } from '../dialect.ts'
import { visitorFor } from './callers.ts'
import { OPERATIONS, type Operation, type OperationId } from './contract.ts'
import { chartHandlers } from './handlers/charts.ts'
import { clientHandlers } from './handlers/clients.ts'
import { credentialHandlers } from './handlers/credentials.ts'
import { gateHandlers } from './handlers/gates.ts'
import type { Handler, Handlers, Told } from './handlers/handler.ts'
import { houseHandlers } from './handlers/house.ts'
import { insightHandlers } from './handlers/insight.ts'
import { overviewHandlers } from './handlers/overview.ts'
import { sessionHandlers } from './handlers/sessions.ts'
import { userHandlers } from './handlers/users.ts'
import { viewHandlers } from './handlers/views.ts'
import { type Asked, type Given, readAsked } from './input.ts'
import { refuseAdmin } from './refusals.ts'

/** Total: an operation without a handler does not compile. */
const HANDLERS: Handlers<OperationId> = {
  ...userHandlers,
  ...clientHandlers,
  ...credentialHandlers,
  ...sessionHandlers,
  ...houseHandlers,
  ...gateHandlers,
  ...insightHandlers,
  ...chartHandlers,
  ...overviewHandlers,
  ...viewHandlers,
}

/** The management API; every row is made from the contract. */
export const admin: Dialect = {
  name: 'admin',
  prefixes: ['/v1'],
  refuse: refuseAdmin,
  routes: (Object.keys(OPERATIONS) as OperationId[]).map(rowOf),
}

function rowOf<Id extends OperationId>(id: Id): Route {
  const operation: Operation = OPERATIONS[id]
  const handle: Handler<Id> = HANDLERS[id]
  return route({
    on: operation.on,
    caller: visitorFor(operation),
    decode: readAsked(operation),
    decide: async (world, who, asked: Asked) => {
      const work = () => handle(world, who, asked as Given<Id>)
      if (!asked.once) return { fact: await work(), repeated: false }
      return answerOnce(world, { caller: who.name, ...asked.once }, work)
    },
    encode: ({ fact, repeated }): WireAnswer => encode(operation, fact, repeated),
  })
}

function encode({ status }: Operation, { body, location }: Told<OperationId>, repeated: boolean): WireAnswer {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (location !== undefined) headers['location'] = location
  if (repeated) headers['idempotency-replayed'] = 'true'
  return { status, headers, body }
}
