import type { Client } from '../../../model/clients/client.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { Page } from '../../../ports/paging.ts'
import type { World } from '../../world.ts'

/** The applications that a user registered, newest first. */
export async function listOwnClients(needs: Needs, act: Act<Oneself>, ask: ListOwnClients): Promise<Page<Client>> {
  const ownerId = act.by.user.id
  const after = ask.after === undefined ? undefined : await needs.clients.byNumber(ask.after)
  const cursor = after ? needs.clients.cursorAfter(after) : undefined
  return needs.clients.list({ ownerId }, cursor === undefined ? { limit: ask.limit } : { limit: ask.limit, cursor })
}

/** `after`: the number of the last client on the previous page. */
export type ListOwnClients = { limit: number; after?: number }
type Needs = Pick<World, 'clients'>
