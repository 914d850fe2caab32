import { type Act, nameOf } from '../../model/actor.ts'
import type { Grant } from '../../model/credential.ts'
import { aboutGrant, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import { mayTouch } from '../authority.ts'
import type { World } from '../world.ts'

/** Takes back what a user allowed an application: the grant and every token that came of it. */
export async function revokeGrant(needs: Needs, act: Act, ask: RevokeGrant): Promise<{ grant: Grant; count: number }> {
  const grant = await needs.grants.byId(ask.grantId)
  if (!grant || !mayTouch(act.by, grant.userId, 'revokeGrant'))
    throw new Refusal('not-found', `no grant ${ask.grantId.slice(0, 40)} for ${nameOf(act.by)}`, {
      sentence: 'There is no such grant.',
    })
  if (grant.revokedAt !== undefined) return { grant, count: 0 }
  const at = needs.now()
  const count = await needs.credentials.revokeGrant(grant.id, entry(act, 'revoked', aboutGrant(grant), { at }))
  return { grant: { ...grant, revokedAt: at }, count }
}

export type RevokeGrant = { grantId: string }
type Needs = Pick<World, 'grants' | 'credentials' | 'now'>
