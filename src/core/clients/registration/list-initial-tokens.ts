import { isOfKind } from '../../../model/credentials/credential.ts'
import type { Act } from '../../../model/users/actor.ts'
import { requirePermission } from '../../authority.ts'
import type { World } from '../../world.ts'
import type { InitialToken } from './create-initial-token.ts'

const MOST = 1000

/** Lists the initial access tokens that can still be used, newest first. */
export async function listInitialTokens(needs: Needs, act: Act): Promise<InitialToken[]> {
  requirePermission(act.by, 'listRegistrationTokens')
  const page = await needs.credentials.list({ kinds: ['initial-access-token'], status: 'live' }, { limit: MOST })
  return page.items.filter(isOfKind('initial-access-token')).filter(token => token.spentAt === undefined)
}

type Needs = Pick<World, 'credentials'>
