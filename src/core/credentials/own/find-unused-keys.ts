import type { Credential } from '../../../model/credentials/credential.ts'
import type { Act, UserActor } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { OWN_KEYS } from './list-own-keys.ts'

/** Returns the user's active keys without use since the given time. Omits keys made after that time. */
export async function findUnusedKeys(needs: Needs, act: Act<UserActor>, ask: UnusedKeys): Promise<Credential[]> {
  const mine = { userId: act.by.user.id, kinds: OWN_KEYS, status: 'live' } as const
  const { items } = await needs.credentials.list(mine, { limit: 1000 })
  return items.filter(({ lastUsedAt, createdAt }) => (lastUsedAt ?? createdAt) < ask.unusedSince)
}

export type UnusedKeys = { unusedSince: number }
type Needs = Pick<World, 'credentials'>
