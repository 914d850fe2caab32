import type { Credential } from '../../model/credentials/credential.ts'
import type { Act } from '../../model/users/actor.ts'
import { permits } from '../authority.ts'
import type { World } from '../world.ts'
import { findCredential } from './find-credential.ts'

/**
 * Finds a credential that may be ended. An id without a row may belong to an access token without a row: staff may end
 * it although its owner is unknown. Other actors get "not found".
 */
export async function findEndable(
  needs: EndableNeeds,
  act: Act,
  id: string,
  operation: 'revokeCredential' | 'revokeCredentials',
): Promise<Credential | 'without a row'> {
  const staff = needs.statements.inUse() && permits(act.by, operation)
  if (staff && /^[0-9a-f]{24}$/.test(id) && !(await needs.credentials.byId(id))) return 'without a row'
  return findCredential(needs, act, id, operation)
}

export type EndableNeeds = Pick<World, 'credentials' | 'clients' | 'statements'>
