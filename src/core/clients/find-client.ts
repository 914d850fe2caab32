import type { Client } from '../../model/client.ts'
import { Refusal } from '../../model/refusal.ts'
import { type Grantor, mayTouch } from '../authority.ts'
import type { World } from '../world.ts'

/** A client by its id, if this one may touch it. What is not theirs does not exist for them. */
export async function findClient(needs: Needs, by: Grantor, id: string, power = 'clients:write'): Promise<Client> {
  const client = await needs.clients.byId(id)
  if (!client || !mayTouch(by, client.ownerId, power)) throw clientUnknown(id, by)
  return client
}

export const clientUnknown = (id: string, by: Grantor): Refusal =>
  new Refusal('not-found', `no client ${id.slice(0, 80)} for ${by.actor}`, {
    sentence: 'There is no such application.',
  })

type Needs = Pick<World, 'clients'>
