import type { ResourceServer } from '../../model/clients/client.ts'
import { entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { noResource } from './change-resource.ts'

/** Deletes a resource server and its client. */
export async function deleteResource(needs: Needs, act: Act, ask: { audience: string }): Promise<ResourceServer> {
  requirePermission(act.by, 'deleteResourceServer')
  const resource = await needs.resources.byAudience(ask.audience)
  if (!resource) throw noResource(ask.audience)
  const { audience, clientId } = resource
  const thing = { about: 'resource', aboutId: audience, clientId }
  const gone = await needs.resources.delete(audience, entry(act, 'deleted', thing, { at: needs.now() }))
  if (!gone) throw noResource(ask.audience)
  return resource
}

type Needs = Pick<World, 'resources' | 'now'>
