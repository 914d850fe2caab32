import type { Client } from '../../../model/clients/client.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'

/** Finds a token, ended or not, that an application holds for the user. A token of another user is "not found". */
export async function findAnyOwnToken(
  needs: Pick<World, 'credentials'>,
  act: Act<Oneself>,
  { id }: { id: string },
): Promise<Credential> {
  const credential = await needs.credentials.byId(id)
  if (credential?.kind !== 'access-token' || credential.userId !== act.by.user.id)
    throw new Refusal('not-found', `no token ${id} of ${act.by.user.id}`)
  return credential
}

export async function withClient(needs: Pick<World, 'lookups'>, credential: Credential): Promise<OwnToken> {
  const client = credential.clientId === undefined ? undefined : await needs.lookups.client(credential.clientId)
  return client ? { credential, client } : { credential }
}

export type OwnToken = { credential: Credential; client?: Client }
