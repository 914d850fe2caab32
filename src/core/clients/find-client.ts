import { type Act, nameOf } from '../../model/actor.ts'
import type { Client } from '../../model/client.ts'
import { missing } from '../../model/missing.ts'
import type { OperationName } from '../../model/permissions.ts'
import type { Refusal } from '../../model/refusal.ts'
import { mayTouch } from '../authority.ts'
import type { World } from '../world.ts'

/** A client by its id, for an operation with it. Without the permission only one's own exist. */
export async function findClient(
  needs: Pick<World, 'clients'>,
  act: Act,
  id: string,
  operation: OperationName,
): Promise<Client> {
  const client = await needs.clients.byId(id)
  if (!client || !mayTouch(act.by, client.ownerId, operation)) throw clientUnknown(id, act)
  return client
}

export const clientUnknown = (id: string, act: Act): Refusal => missing('application', id, nameOf(act.by))
