import type { Credential } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import { type Grantor, mayTouch } from '../authority.ts'
import type { World } from '../world.ts'

/** A credential by its id, if this one may know of it. What is not theirs does not exist for them. */
export async function findCredential(
  needs: Needs,
  by: Grantor,
  id: string,
  power = 'credentials:read',
): Promise<Credential> {
  const credential = await needs.credentials.byId(id)
  const client = credential?.clientId && !credential.userId ? await needs.clients.byId(credential.clientId) : undefined
  if (!credential || !mayTouch(by, credential.userId ?? client?.ownerId, power))
    throw new Refusal('not-found', `no credential ${id.slice(0, 40)} for ${by.actor}`, {
      sentence: 'There is no such credential.',
    })
  return credential
}

type Needs = Pick<World, 'credentials' | 'clients'>
