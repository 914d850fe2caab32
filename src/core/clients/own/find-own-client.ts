import type { Client } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'

/** Finds an application that the user registered. Other users' applications are "not found". */
export async function findOwnClient(needs: Needs, act: Act<Oneself>, ask: OwnClient): Promise<Client> {
  const client = 'number' in ask ? await needs.clients.byNumber(ask.number) : await needs.clients.byId(ask.id)
  if (!client || client.ownerId !== act.by.user.id) {
    const named = 'number' in ask ? ask.number : ask.id.slice(0, 60)
    throw new Refusal('not-found', `no client ${named} of ${act.by.user.id}`)
  }
  return client
}

export type OwnClient = { number: number } | { id: string }
type Needs = Pick<World, 'clients'>
