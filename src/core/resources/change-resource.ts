import type { ResourceServer } from '../../model/clients/client.ts'
import { entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import { checkScopes } from '../../model/scopes/check-scopes.ts'
import type { Act } from '../../model/users/actor.ts'
import type { ResourceChange } from '../../ports/resources.ts'
import { requirePermission } from '../authority.ts'
import { checkName } from '../clients/name-rules.ts'
import type { World } from '../world.ts'
import { checkRollingExp } from './create-resource.ts'

/** Changes a resource server. All processes drop their cached copy. */
export async function changeResource(needs: Needs, act: Act, ask: ChangeResource): Promise<ResourceServer> {
  requirePermission(act.by, 'changeResourceServer')
  const { audience, ...change } = ask
  if (change.name !== undefined) checkName(change.name)
  checkRollingExp(change.rollingExpSeconds)
  if (change.scopes) checkScopes(change.scopes)
  const thing = { about: 'resource', aboutId: audience }
  const detail = { fields: Object.keys(change) }
  const changed = await needs.resources.change(
    audience,
    change,
    entry(act, 'changed', thing, { at: needs.now(), detail }),
  )
  if (!changed) throw noResource(audience)
  return changed
}

export const noResource = (audience: string): Refusal => missing('API', audience)

export type ChangeResource = ResourceChange & { audience: string }
type Needs = Pick<World, 'resources' | 'now'>
