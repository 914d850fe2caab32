import type { World } from '../../core/world.ts'
import { mayAct } from '../../model/clients/client.ts'

/** The names of all users and clients that a page mentions, read with few queries. */
export type Names = {
  user(id: string): { id: string; name: string | null }
  client(id: string): { id: string; name: string | null }
  actor(id: string): { id: string; name: string | null }
  userActive(id: string): boolean
  clientActive(id: string): boolean
}

type Mentioning = { userId?: string; clientId?: string; ownerId?: string; disabledBy?: string }

export async function namesIn(world: World, items: readonly Mentioning[]): Promise<Names> {
  const distinct = (ids: (string | undefined)[]) => [...new Set(ids.filter(id => id !== undefined))]
  const [users, clients] = await Promise.all([
    world.users.byIds(distinct(items.flatMap(item => [item.userId, item.ownerId, item.disabledBy]))),
    world.clients.byIds(distinct(items.flatMap(item => [item.clientId, item.disabledBy]))),
  ])
  const userById = new Map(users.map(user => [user.id, user]))
  const clientById = new Map(clients.map(client => [client.id, client]))
  const user = (id: string) => ({ id, name: userById.get(id)?.handle ?? null })
  const client = (id: string) => ({ id, name: clientById.get(id)?.name ?? null })
  return {
    user,
    client,
    actor: id => (clientById.has(id) ? client(id) : user(id)),
    userActive: id => userById.get(id)?.active === true,
    clientActive(id) {
      const known = clientById.get(id)
      return known !== undefined && mayAct(known)
    },
  }
}
