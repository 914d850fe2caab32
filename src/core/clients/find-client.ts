import type { Client } from '../../model/clients/client.ts'
import { missing } from '../../model/refusals/missing.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import { type Act, nameOf } from '../../model/users/actor.ts'
import type { OperationName } from '../../model/users/permissions.ts'
import { mayTouch } from '../authority.ts'
import type { World } from '../world.ts'

/** Finds a client by id for an operation. Without the operation's permission, actors find only their own clients. */
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
