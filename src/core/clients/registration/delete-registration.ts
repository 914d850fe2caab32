import { aboutClient, entry } from '../../../model/journal.ts'
import type { Act, ClientActor } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'

/** Deletes the client that asks for it, and ends everything issued to it (RFC 7592 section 2.3). */
export async function deleteRegistration(needs: Needs, act: Act<ClientActor>): Promise<void> {
  const { client } = act.by
  const when = { at: needs.now(), reason: 'client-registration', detail: { name: client.name } }
  await needs.clients.delete(client.id, entry(act, 'deleted', aboutClient(client), when))
}

type Needs = Pick<World, 'clients' | 'now'>
