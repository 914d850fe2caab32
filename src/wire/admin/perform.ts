import type { World } from '../../core/world.ts'
import type { AdminAct } from './callers.ts'
import { type Answer, OPERATIONS, type OperationId } from './contract.ts'
import type { Handler } from './handler.ts'
import { HANDLERS } from './handlers.ts'
import { type Given, readSaid, type Said } from './input.ts'

/**
 * Performs operations for a caller in this process: with the same validation, decision and answer as a route, but
 * without HTTP.
 */
export const performFor =
  (world: World, act: AdminAct) =>
  async <Id extends OperationId>(id: Id, said: Said = {}): Promise<Answer<Id>> => {
    const handle: Handler<Id> = HANDLERS[id]
    return (await handle(world, act, readSaid(OPERATIONS[id], said) as Given<Id>)).body
  }
