import type { World } from '../core/world.ts'
import { OPERATOR } from '../model/actor.ts'
import {
  type Answer,
  type Body,
  OPERATIONS,
  type Operation,
  type OperationId,
  type Query,
} from '../wire/admin/contract.ts'
import type { Said } from '../wire/admin/input.ts'
import { performFor } from '../wire/admin/perform.ts'

/*
 * The operations of the management API by their names, wherever they are done: here, or at a server that is asked.
 */

export type { Answer, Body, OperationId, Query, Said }

/** Asks for an operation. What is refused is thrown as a `Refusal`. */
export type Manage = <Id extends OperationId>(id: Id, ask?: Ask<Id>) => Promise<Answer<Id>>

/** `id` is the part of the address that names the thing. */
export type Ask<Id extends OperationId> = { id?: string } & Part<'query', Query<Id>> & Part<'body', Body<Id>>
type Part<Name extends string, T> = T extends undefined ? unknown : { [N in Name]?: T }

/** In this process, by the operator at the machine. */
export const manageHere = (world: World): Manage => performFor(world, { ...OPERATOR, name: 'operator' })

/** Where an operation stands in HTTP. */
export function addressOf(id: OperationId, named = ''): { method: string; path: string } {
  const { on }: Operation = OPERATIONS[id]
  const [method, path] = on
  return { method, path: path.replace(/:\w+/, encodeURIComponent(named)) }
}

/** What came over HTTP as the answer of an operation; `undefined`: it is none. Fields that this version does not know stay out. */
export function readAnswer<Id extends OperationId>(id: Id, json: unknown): Answer<Id> | undefined {
  const { success, data } = OPERATIONS[id].answer.safeParse(json)
  return success ? (data as Answer<Id>) : undefined
}
