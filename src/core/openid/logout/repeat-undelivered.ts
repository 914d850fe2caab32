import { aboutClient, entry } from '../../../model/journal.ts'
import type { Act } from '../../../model/users/actor.ts'
import { findClient } from '../../clients/find-client.ts'
import type { World } from '../../world.ts'

/** Makes the undelivered sign-outs of this client due again, also those that the server has given up. Returns their number. */
export async function repeatUndelivered(needs: Needs, act: Act, ask: { clientId: string }): Promise<number> {
  const client = await findClient(needs, act, ask.clientId, 'repeatUndeliveredLogouts')
  const again = { at: needs.now(), detail: { what: 'sign-outs sent again' } }
  return needs.logouts.repeat(client.id, entry(act, 'changed', aboutClient(client), again))
}

type Needs = Pick<World, 'clients' | 'logouts' | 'now'>
