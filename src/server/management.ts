import type { World } from '../core/world.ts'
import { OPERATOR } from '../model/users/actor.ts'
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

/* The operations of the management API by name, performed in this process or by a server over HTTP. */

export type { Answer, Body, OperationId, Query, Said }

/** Performs an operation. Throws a `Refusal` if it is refused. */
export type Manage = <Id extends OperationId>(id: Id, ask?: Ask<Id>) => Promise<Answer<Id>>

/** `id` is the part of the path that names the resource. */
export type Ask<Id extends OperationId> = { id?: string } & Part<'query', Query<Id>> & Part<'body', Body<Id>>
type Part<Name extends string, T> = T extends undefined ? unknown : { [N in Name]?: T }

/** Performs operations in this process, as the operator. */
export const manageHere = (world: World): Manage => performFor(world, { ...OPERATOR, name: 'operator' })

/** The method and path of an operation. */
export function addressOf(id: OperationId, named = ''): { method: string; path: string } {
  const { on }: Operation = OPERATIONS[id]
  const [method, path] = on
  return { method, path: path.replace(/:\w+/, encodeURIComponent(named)) }
}

/**
 * Parses the HTTP answer of an operation; undefined if it does not match the schema. Drops fields that this version does not know.
 */
export function readAnswer<Id extends OperationId>(id: Id, json: unknown): Answer<Id> | undefined {
  const { success, data } = OPERATIONS[id].answer.safeParse(json)
  return success ? (data as Answer<Id>) : undefined
}
