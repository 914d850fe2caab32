import type { Credential } from '../../model/credentials/credential.ts'
import { missing } from '../../model/refusals/missing.ts'
import { type Act, type Actor, nameOf } from '../../model/users/actor.ts'
import type { OperationName } from '../../model/users/permissions.ts'
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
  if (!credential || !(await mayTouchCredential(needs, act.by, credential, operation)))
    throw missing('credential', id, nameOf(act.by))
  return credential
}

/** A credential without a user belongs to the user who registered its application. */
export async function mayTouchCredential(
  { clients }: Pick<World, 'clients'>,
  by: Actor,
  { userId, clientId }: Pick<Credential, 'userId' | 'clientId'>,
  operation: OperationName,
): Promise<boolean> {
  const client = clientId && !userId ? await clients.byId(clientId) : undefined
  return mayTouch(by, userId ?? client?.ownerId, operation)
}

type Needs = Pick<World, 'credentials' | 'clients'>
