import type { Grant } from '../../model/credentials/credential.ts'
import { aboutGrant, entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { World } from '../world.ts'
import { findGrant } from './find-grant.ts'

/** Ends a user's grant to an application, with all of its tokens. */
export async function revokeGrant(needs: Needs, act: Act, ask: RevokeGrant): Promise<{ grant: Grant; count: number }> {
  const grant = await findGrant(needs, act, ask.grantId, 'revokeGrant')
  if (grant.revokedAt !== undefined) return { grant, count: 0 }
  const at = needs.now()
  const count = await needs.credentials.revokeGrant(grant.id, entry(act, 'revoked', aboutGrant(grant), { at }))
  return { grant: { ...grant, revokedAt: at }, count }
}

export type RevokeGrant = { grantId: string }
type Needs = Pick<World, 'grants' | 'credentials' | 'now'>
