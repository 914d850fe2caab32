import { type Act, nameOf } from '../../model/actor.ts'
import type { Credential } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import { mayTouch } from '../authority.ts'
import type { World } from '../world.ts'

/** A credential by its id, as far as the actor may know of it. Another's credential does not exist for them. */
export async function findCredential(
  needs: Needs,
  act: Act,
  id: string,
  power = 'credentials:read',
): Promise<Credential> {
  const credential = await needs.credentials.byId(id)
  const client = credential?.clientId && !credential.userId ? await needs.clients.byId(credential.clientId) : undefined
  if (!credential || !mayTouch(act.by, credential.userId ?? client?.ownerId, power))
    throw new Refusal('not-found', `no credential ${id.slice(0, 40)} for ${nameOf(act.by)}`, {
      sentence: 'There is no such credential.',
    })
  return credential
}

type Needs = Pick<World, 'credentials' | 'clients'>
