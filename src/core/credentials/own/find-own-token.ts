import { statusOf } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { findAnyOwnToken, type OwnToken, withClient } from './own-token.ts'

/** Finds an active token that an application holds for the user, together with the application. */
export async function findOwnToken(needs: Needs, act: Act<Oneself>, ask: { id: string }): Promise<OwnToken> {
  const credential = await findAnyOwnToken(needs, act, ask)
  if (statusOf(credential, needs.now()) !== 'active') throw new Refusal('not-found', `token ${ask.id} has ended`)
  return withClient(needs, credential)
}

type Needs = Pick<World, 'credentials' | 'lookups' | 'now'>
