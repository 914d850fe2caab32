import { aboutCredential, entry } from '../../../model/journal.ts'
import { missing } from '../../../model/refusals/missing.ts'
import type { Act } from '../../../model/users/actor.ts'
import { requirePermission } from '../../authority.ts'
import type { World } from '../../world.ts'

/** Ends an initial access token. The clients that registered with it stay. */
export async function revokeInitialToken(needs: Needs, act: Act, { id }: { id: string }): Promise<void> {
  requirePermission(act.by, 'revokeRegistrationToken')
  const token = await needs.credentials.byId(id)
  if (token?.kind !== 'initial-access-token') throw missing('registration token', id)
  await needs.credentials.revoke(id, entry(act, 'revoked', aboutCredential(token), { at: needs.now() }))
}

type Needs = Pick<World, 'credentials' | 'now'>
