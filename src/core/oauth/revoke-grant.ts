import type { Grant } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import { type Grantor, mayTouch } from '../authority.ts'
import type { Source, World } from '../world.ts'

/** Takes back what a user allowed an application: the grant and every token that came of it. */
export async function revokeGrant(
  needs: Needs,
  by: Grantor,
  ask: RevokeGrant,
): Promise<{ grant: Grant; count: number }> {
  const grant = await needs.grants.byId(ask.grantId)
  if (!grant || !mayTouch(by, grant.userId, 'credentials:revoke'))
    throw new Refusal('not-found', `no grant ${ask.grantId.slice(0, 40)} for ${by.actor}`, {
      sentence: 'There is no such grant.',
    })
  if (grant.revokedAt !== undefined) return { grant, count: 0 }
  const at = needs.now()
  const count = await needs.credentials.revokeGrant(grant.id, {
    at,
    event: 'revoked',
    about: 'grant',
    aboutId: grant.id,
    actor: by.actor,
    clientId: grant.clientId,
    ...(grant.userId && { userId: grant.userId }),
    ...ask.from,
  })
  return { grant: { ...grant, revokedAt: at }, count }
}

export type RevokeGrant = { grantId: string; from: Source }
type Needs = Pick<World, 'grants' | 'credentials' | 'now'>
