import type { ResourceServer } from '../../model/client.ts'
import { Refusal } from '../../model/refusal.ts'
import { isScope } from '../../model/scope.ts'
import { type Grantor, requirePower } from '../authority.ts'
import { checkName } from '../clients/client-rules.ts'
import type { Source, World } from '../world.ts'

/** Changes what a resource server is called, offers and accepts; what was cached about it is forgotten everywhere. */
export async function changeResource(needs: Needs, by: Grantor, ask: ChangeResource): Promise<ResourceServer> {
  requirePower(by, 'resources:write')
  const { audience, from, ...change } = ask
  if (change.name !== undefined) checkName(change.name)
  const strange = change.scopes?.find(scope => !isScope(scope))
  if (strange !== undefined) throw new Refusal('scope-unknown', `not a scope: ${strange}`, { parameter: 'scope' })
  const changed = await needs.resources.change(audience, change, {
    at: needs.now(),
    event: 'changed',
    about: 'resource',
    aboutId: audience,
    actor: by.actor,
    detail: { fields: Object.keys(change) },
    ...from,
  })
  if (!changed) throw unknown(audience)
  return changed
}

/** Removes a resource server and the client it asked with. */
export async function deleteResource(
  needs: Needs,
  by: Grantor,
  ask: { audience: string; from: Source },
): Promise<ResourceServer> {
  requirePower(by, 'resources:write')
  const resource = await needs.resources.byAudience(ask.audience)
  const gone =
    resource &&
    (await needs.resources.delete(resource.audience, {
      at: needs.now(),
      event: 'deleted',
      about: 'resource',
      aboutId: resource.audience,
      actor: by.actor,
      clientId: resource.clientId,
      ...ask.from,
    }))
  if (!resource || !gone) throw unknown(ask.audience)
  return resource
}

const unknown = (audience: string): Refusal =>
  new Refusal('not-found', `no resource server ${audience.slice(0, 200)}`, { sentence: 'There is no such API.' })

export type ChangeResource = Partial<Pick<ResourceServer, 'name' | 'scopes' | 'tokenFormat' | 'strictAudience'>> & {
  audience: string
  from: Source
}
type Needs = Pick<World, 'resources' | 'now'>
