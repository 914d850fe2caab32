import type { Grant } from '../../model/credentials/credential.ts'
import { missing } from '../../model/refusals/missing.ts'
import { type Act, nameOf } from '../../model/users/actor.ts'
import type { OperationName } from '../../model/users/permissions.ts'
import { mayTouch } from '../authority.ts'
import type { World } from '../world.ts'

/** Finds a grant by id for an operation. Without the operation's permission, actors find only their own grants. */
export async function findGrant(needs: Needs, act: Act, id: string, operation: OperationName): Promise<Grant> {
  const grant = await needs.grants.byId(id)
  if (!grant || !mayTouch(act.by, grant.userId, operation)) throw missing('grant', id, nameOf(act.by))
  return grant
}

type Needs = Pick<World, 'grants'>
