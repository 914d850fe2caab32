import { type Act, nameOf } from '../../model/actor.ts'
import type { Credential } from '../../model/credential.ts'
import { missing } from '../../model/missing.ts'
import type { OperationName } from '../../model/permissions.ts'
import { mayTouch } from '../authority.ts'
import type { World } from '../world.ts'

/**
 * Finds a credential by id for an operation. Without the operation's permission, actors find only their own credentials.
 */
export async function findCredential(
  needs: Needs,
  act: Act,
  id: string,
  operation: OperationName,
): Promise<Credential> {
  const credential = await needs.credentials.byId(id)
  const client = credential?.clientId && !credential.userId ? await needs.clients.byId(credential.clientId) : undefined
  if (!credential || !mayTouch(act.by, credential.userId ?? client?.ownerId, operation))
    throw missing('credential', id, nameOf(act.by))
  return credential
}

type Needs = Pick<World, 'credentials' | 'clients'>
