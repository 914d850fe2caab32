import type { World } from '../../core/world.ts'
import type { AdminAct } from './callers.ts'
import { type Answer, OPERATIONS, type OperationId } from './contract.ts'
import type { Handler } from './handler.ts'
import { HANDLERS } from './handlers.ts'
import { type Given, readSaid, type Said } from './input.ts'

/** What a route of this API does, for a caller in this process: the same reading, decision and answer, without HTTP. */
export const performFor =
  (world: World, act: AdminAct) =>
  async <Id extends OperationId>(id: Id, said: Said = {}): Promise<Answer<Id>> => {
    const handle: Handler<Id> = HANDLERS[id]
    return (await handle(world, act, readSaid(OPERATIONS[id], said) as Given<Id>)).body
  }
