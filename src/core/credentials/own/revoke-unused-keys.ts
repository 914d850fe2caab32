import type { Act, UserActor } from '../../../model/actor.ts'
import type { World } from '../../world.ts'
import { revokeCredential } from '../revoke-credential.ts'
import { OWN_KEYS } from './list-own-keys.ts'

/** Ends every key of the user that was not used since then, or never and is older. Returns how many. */
export async function revokeUnusedKeys(needs: Needs, act: Act<UserActor>, ask: RevokeUnused): Promise<number> {
  const mine = { userId: act.by.user.id, kinds: OWN_KEYS, status: 'live' } as const
  const { items } = await needs.credentials.list(mine, { limit: 1000 })
  const unused = items.filter(({ lastUsedAt, createdAt }) => (lastUsedAt ?? createdAt) < ask.unusedSince)
  for (const { id } of unused) await revokeCredential(needs, act, { credentialId: id, reason: 'unused' })
  return unused.length
}

export type RevokeUnused = { unusedSince: number }
type Needs = Pick<World, 'credentials' | 'clients' | 'statements' | 'endedStatements' | 'now'>
