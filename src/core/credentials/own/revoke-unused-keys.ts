import type { Act, UserActor } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { revokeCredential } from '../revoke-credential.ts'
import { findUnusedKeys, type UnusedKeys } from './find-unused-keys.ts'

/** Ends the user's keys that `findUnusedKeys` returns. Returns their number. */
export async function revokeUnusedKeys(needs: Needs, act: Act<UserActor>, ask: UnusedKeys): Promise<number> {
  const unused = await findUnusedKeys(needs, act, ask)
  for (const { id } of unused) await revokeCredential(needs, act, { credentialId: id, reason: 'unused' })
  return unused.length
}

type Needs = Pick<World, 'credentials' | 'clients' | 'statements' | 'endedStatements' | 'now'>
