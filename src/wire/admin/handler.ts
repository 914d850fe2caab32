import { isOwn, requirePermission } from '../../core/authority.ts'
import type { World } from '../../core/world.ts'
import type { ResourceServer } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { type Actor, nameOf } from '../../model/users/actor.ts'
import type { Page, PageAsk } from '../../ports/paging.ts'
import type { AdminAct } from './callers.ts'
import type { Answer, OperationId } from './contract.ts'
import type { Given } from './input.ts'

/**
 * Performs one operation: calls the core with the parsed request, and returns the answer in the shape of the contract.
 */
export type Handler<Id extends OperationId> = (world: World, act: AdminAct, given: Given<Id>) => Promise<Answered<Id>>
export type Answered<Id extends OperationId> = {
  body: Answer<Id>
  /** The path of the resource that was made. */
  location?: string
}
export type Handlers<Ids extends OperationId> = { [Id in Ids]: Handler<Id> }

export const answered = <T>(body: T): { body: T } => ({ body })

type PageQuery = { limit: number; cursor?: string | undefined; sort?: 'created_at' | '-created_at' }
export const pageOf = ({ limit, cursor, sort }: PageQuery): PageAsk => ({
  limit,
  order: sort === 'created_at' ? 'oldest' : 'newest',
  ...(cursor !== undefined && { cursor }),
})

export const showPage = <T, U>({ items, nextCursor }: Page<T>, show: (item: T) => U) => ({
  items: items.map(show),
  next_cursor: nextCursor ?? null,
})

/** Removes fields that are undefined, so that they count as absent. */
export function given<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] === undefined) delete fields[key]
  return fields as T
}

export const milliseconds = (at: number): number => at * 1000

/** Returns the caller's id for `me`, and other ids unchanged. */
export function userIdOf(by: Actor, id: string): string {
  if (id !== 'me') return id
  if (by.is !== 'user') throw new Refusal('user-required', `${nameOf(by)} is no user`)
  return by.user.id
}

/** The API by which a list is filtered. */
export async function apiOf(
  { resources, lookups }: Pick<World, 'resources' | 'lookups'>,
  asked: string | undefined,
): Promise<ResourceServer | undefined> {
  if (asked === undefined) return undefined
  const api = (await resources.byClient(asked)) ?? (await lookups.resource(asked))
  if (api) return api
  throw new Refusal('parameter-invalid', `no API ${asked.slice(0, 200)}`, {
    parameter: 'api',
    sentence: 'There is no such API.',
  })
}

/** The owner by whom a list is filtered. Without the permission, the caller must ask for their own. */
export function ownerAsked(by: Actor, operation: OperationId, asked: string | undefined): string | undefined {
  const owner = asked === undefined ? undefined : userIdOf(by, asked)
  if (!isOwn(by, owner)) requirePermission(by, operation)
  return owner
}
