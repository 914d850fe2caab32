import { foreseeEnding } from '../../../core/credentials/foresee-ending.ts'
import { revokeGrant } from '../../../core/oauth/revoke-grant.ts'
import { showImpact } from '../credentials/impact.ts'
import { answered, type Handlers, ownerAsked } from '../handler.ts'
import { namesIn } from '../names.ts'
import type { grantsOperations } from './operations.ts'
import { showGrant } from './show.ts'

export const grantsHandlers: Handlers<keyof typeof grantsOperations> = {
  async listGrants(world, act, { query }) {
    const owner = ownerAsked(act.by, 'listGrants', query.owner)
    const { client } = query
    const all = owner === undefined ? await world.grants.ofClient(client ?? '') : await world.grants.ofUser(owner)
    const grants = all.filter(grant => client === undefined || grant.clientId === client)
    const [names, networks, keys] = await Promise.all([
      namesIn(world, grants),
      world.usage.networksOfGrants(grants.map(({ id }) => id)),
      world.credentials.byIds(grants.flatMap(({ parentId }) => parentId ?? [])),
    ])
    const keyOf = new Map(keys.map(key => [key.id, key]))
    return answered({
      items: grants.map(grant => showGrant(grant, names, networks.get(grant.id), keyOf.get(grant.parentId ?? ''))),
    })
  },

  grantImpact: async (world, act, { id }) =>
    answered(showImpact(await foreseeEnding(world, act, { of: 'grants', ids: [id] }))),

  async revokeGrant(world, act, { id }) {
    const { count } = await revokeGrant(world, act, { grantId: id })
    return answered({ revoked: count })
  },
}
