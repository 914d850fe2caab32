import type { ResourceServer } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { World } from '../world.ts'

/** The resource servers that a request names (RFC 8707 section 2). */
export async function chooseResources(
  needs: Pick<World, 'lookups'>,
  asked: readonly string[],
): Promise<ResourceServer[]> {
  const chosen = new Map<string, ResourceServer>()
  for (const audience of asked) {
    const resource = await needs.lookups.resource(audience)
    if (!resource) throw new Refusal('audience-unknown', `no resource server ${audience}`)
    chosen.set(resource.audience, resource)
  }
  return [...chosen.values()]
}

/**
 * Refuses resource servers outside the grant. A grant for named resource servers covers only these; a grant without any
 * does not cover one with strict audience.
 */
export function refuseBeyond(granted: readonly string[], resources: readonly ResourceServer[]): void {
  const beyond = resources.find(({ audience, strictAudience }) =>
    granted.length === 0 ? strictAudience : !granted.includes(audience),
  )
  if (beyond) throw new Refusal('audience-unknown', `the request names ${beyond.audience}, which the user did not see`)
}
