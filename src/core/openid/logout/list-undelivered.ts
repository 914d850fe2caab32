import type { Act } from '../../../model/users/actor.ts'
import type { LogoutNotice } from '../../../ports/logouts.ts'
import { findClient } from '../../clients/find-client.ts'
import type { World } from '../../world.ts'

const MOST = 100

/** The newest sign-outs that this client has not received. */
export async function listUndelivered(needs: Needs, act: Act, ask: { clientId: string }): Promise<LogoutNotice[]> {
  const { id } = await findClient(needs, act, ask.clientId, 'listUndeliveredLogouts')
  return needs.logouts.list({ clientId: id }, MOST)
}

type Needs = Pick<World, 'clients' | 'logouts'>
