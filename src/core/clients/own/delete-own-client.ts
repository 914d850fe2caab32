import type { Client } from '../../../model/clients/client.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { findOwnClient, type OwnClient } from './find-own-client.ts'

/** Deletes an application of the user, and all of its credentials, including those of other users. */
export async function deleteOwnClient(needs: Needs, act: Act<Oneself>, ask: OwnClient): Promise<Client> {
  const client = await findOwnClient(needs, act, ask)
  const thing = { ...aboutClient(client), userId: act.by.user.id }
  await needs.clients.delete(client.id, entry(act, 'deleted', thing, { at: needs.now() }))
  return client
}

type Needs = Pick<World, 'clients' | 'now'>
