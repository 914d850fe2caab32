import { entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import type { Act } from '../../model/users/actor.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'

/** Deletes the description of a scope. Credentials keep the scope. */
export async function forgetScope(needs: Needs, act: Act, { scope }: { scope: string }): Promise<void> {
  requirePermission(act.by, 'deleteScope')
  const thing = { about: 'scope', aboutId: scope }
  const gone = await needs.scopes.delete(scope, entry(act, 'deleted', thing, { at: needs.now() }))
  if (!gone) throw missing('scope', scope)
}

type Needs = Pick<World, 'scopes' | 'now'>
