import type { Client } from '../../model/clients/client.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { clientUnknown, findClient } from './find-client.ts'

/** Deletes a client and all of its credentials in one transaction. */
export async function deleteClient(needs: Needs, act: Act, ask: { clientId: string }): Promise<Client> {
  const client = await findClient(needs, act, ask.clientId, 'deleteClient')
  if (client.source === 'resource-server')
    throw new Refusal('state-conflict', `${client.id} belongs to a resource server`, {
      sentence: 'This client belongs to a resource server. Delete that one instead.',
    })
  const gone = await needs.clients.delete(
    client.id,
    entry(act, 'deleted', aboutClient(client), {
      at: needs.now(),
      detail: { name: client.name },
    }),
  )
  if (!gone) throw clientUnknown(ask.clientId, act)
  return client
}

type Needs = Pick<World, 'clients' | 'now'>
