import type { Act, Oneself } from '../../model/actor.ts'
import type { Client } from '../../model/client.ts'
import { type Credential, statusOf } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import type { World } from '../world.ts'

/** A live token that an application holds in the user's name, with that application. */
export async function findOwnToken(needs: Needs, act: Act<Oneself>, ask: { id: string }): Promise<OwnToken> {
  const credential = await findAnyOwnToken(needs, act, ask)
  if (statusOf(credential, needs.now()) !== 'active') throw new Refusal('not-found', `token ${ask.id} has ended`)
  return withClient(needs, credential)
}

/** The same, also after its end. Another's token does not exist for them. */
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
type Needs = Pick<World, 'credentials' | 'lookups' | 'now'>
