import type { Client } from '../../model/client.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Page } from '../../ports/paging.ts'
import type { Source, World } from '../world.ts'

/* What users may do with the applications they registered. Another's application does not exist for them. */

export async function listOwnClients(needs: Needs, ownerId: string, ask: ListOwnClients): Promise<Page<Client>> {
  const after = ask.after === undefined ? undefined : await needs.clients.byNumber(ask.after)
  const cursor = after ? needs.clients.cursorAfter(after) : undefined
  return needs.clients.list({ ownerId }, cursor === undefined ? { limit: ask.limit } : { limit: ask.limit, cursor })
}

export async function findOwnClient(needs: Needs, ownerId: string, ask: { number: number }): Promise<Client> {
  const client = await needs.clients.byNumber(ask.number)
  if (!client || client.ownerId !== ownerId) throw new Refusal('not-found', `no client ${ask.number} of ${ownerId}`)
  return client
}

export async function findOwnClientById(needs: Needs, ownerId: string, id: string): Promise<Client> {
  const client = await needs.clients.byId(id)
  if (!client || client.ownerId !== ownerId)
    throw new Refusal('not-found', `no client ${id.slice(0, 60)} of ${ownerId}`)
  return client
}

/** Every credential of the client dies with it, those of other users too. */
export async function deleteOwnClient(
  needs: Needs,
  ownerId: string,
  ask: { number: number; from: Source },
): Promise<Client> {
  const client = await findOwnClient(needs, ownerId, ask)
  await needs.clients.delete(client.id, {
    at: needs.now(),
    event: 'deleted',
    about: 'client',
    aboutId: client.id,
    actor: ownerId,
    userId: ownerId,
    clientId: client.id,
    ...ask.from,
  })
  return client
}

/** Newest first; `after`: the number of the last one already seen. */
export type ListOwnClients = { limit: number; after?: number }
type Needs = Pick<World, 'clients' | 'now'>
