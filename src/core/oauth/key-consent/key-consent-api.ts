import type { ResourceServer } from '../../../model/clients/client.ts'
import type { World } from '../../world.ts'
import type { AccessRequest } from '../authorize/request.ts'
import type { Way } from '../ways/way.ts'
import { rulesOf } from '../ways/ways.ts'

/**
 * Returns the API whose keys a person may present instead of a sign-in: the only API that the request names, if staff
 * allow it for this API. Never allowed if the request forbids pages, or if its answer goes to another device.
 */
export async function keyConsentApi(
  { lookups }: { lookups: Pick<World['lookups'], 'resource'> },
  { resources, signIn, way }: Pick<AccessRequest, 'resources' | 'signIn'> & { way: Way },
): Promise<ResourceServer | undefined> {
  const [only, ...others] = resources
  if (only === undefined || others.length > 0 || signIn.silent || !rulesOf(way).inSameBrowser) return undefined
  const api = await lookups.resource(only)
  return api?.keyConsent ? api : undefined
}
