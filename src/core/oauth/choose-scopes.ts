import { beyondAllowed, type Client, type ResourceServer } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { isScope, type Scope } from '../../model/scopes/scope.ts'
import type { World } from '../world.ts'

/** The scopes of a request: the requested ones, or the client's default, limited to the client's registered scopes. */
export function chooseScopes(
  client: Pick<Client, 'id' | 'scopes' | 'policy'>,
  asked: readonly Scope[] | undefined,
): Scope[] {
  if (!asked || asked.length === 0) {
    const standard = client.policy.defaultScopes
    return standard === 'registered'
      ? [...client.scopes]
      : standard.filter(scope => beyondAllowed(client, [scope]).length === 0)
  }
  refuseStrange(asked)
  const beyond = beyondAllowed(client, asked)
  if (beyond.length > 0)
    throw new Refusal('scope-too-wide', `${client.id} is not registered for ${beyond.join(' ')}`, {
      scopes: client.scopes,
      sentence: `The scope "${beyond.join(' ')}" is not among those this client is registered for.`,
    })
  return [...asked]
}

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

/** RFC 6749 section 3.3: refuses invalid scopes, because the scope hierarchy compares only the beginning of a text. */
export function refuseStrange(scopes: readonly Scope[]): void {
  if (!scopes.every(isScope))
    throw new Refusal('scope-unknown', 'a scope with characters that no scope has', { parameter: 'scope' })
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
