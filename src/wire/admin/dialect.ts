import { answerOnce } from '../../core/services/answer-once.ts'
import { type Dialect, type Route, route, type WireAnswer } from '../dialect.ts'
import { adminCaller } from './callers.ts'
import { clientsHandlers } from './clients/handlers.ts'
import { OPERATIONS, type Operation, type OperationId } from './contract.ts'
import { credentialsHandlers } from './credentials/handlers.ts'
import { findHandlers } from './find/handlers.ts'
import { gatesHandlers } from './gates/handlers.ts'
import { grantsHandlers } from './grants/handlers.ts'
import type { Answered, Handler, Handlers } from './handler.ts'
import { type Asked, type Given, readAsked } from './input.ts'
import { installationHandlers } from './installation/handlers.ts'
import { journalHandlers } from './journal/handlers.ts'
import { refuseAdmin } from './refusals.ts'
import { resourceServersHandlers } from './resource-servers/handlers.ts'
import { scopesHandlers } from './scopes/handlers.ts'
import { sessionHandlers } from './session/handlers.ts'
import { sessionsHandlers } from './sessions/handlers.ts'
import { signingKeysHandlers } from './signing-keys/handlers.ts'
import { usageHandlers } from './usage/handlers.ts'
import { usersHandlers } from './users/handlers.ts'

/** Total: an operation without a handler does not compile. */
const HANDLERS: Handlers<OperationId> = {
  ...sessionHandlers,
  ...usersHandlers,
  ...clientsHandlers,
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
