import type { Client } from '../../model/clients/client.ts'
import { OPENING_KINDS } from '../../model/credentials/credential.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { World } from '../world.ts'

/** Ends everything issued to a client that staff blocked. It stays ended if staff allow the client again. */
export async function endAll(needs: Pick<World, 'credentials' | 'now'>, act: Act, client: Client): Promise<void> {
  const why = { at: needs.now(), detail: { kinds: OPENING_KINDS } }
  const all = { clientId: client.id, kinds: OPENING_KINDS }
  await needs.credentials.revokeAll(all, entry(act, 'revoked', aboutClient(client), why))
}
