import { changeResource, deleteResource } from '../../../core/resources/change-resource.ts'
import { createResource } from '../../../core/resources/create-resource.ts'
import { describeScope, forgetScope } from '../../../core/resources/describe-scope.ts'
import { removeSigningKey, rotateSigningKey } from '../../../core/services/signing-keys.ts'
import type { World } from '../../../core/world.ts'
import type { ResourceServer } from '../../../model/client.ts'
import { Refusal } from '../../../model/refusal.ts'
import { showResource, showSigningKey } from '../show.ts'
import { given, type Handlers, told } from './handler.ts'

export const houseHandlers: Handlers<
  | 'listResourceServers'
  | 'createResourceServer'
  | 'getResourceServer'
  | 'changeResourceServer'
  | 'deleteResourceServer'
  | 'listScopes'
  | 'putScope'
  | 'deleteScope'
  | 'listSigningKeys'
  | 'rotateSigningKey'
  | 'removeSigningKey'
> = {
  listResourceServers: async world => told({ items: (await world.resources.list()).map(showResource) }),

  async createResourceServer(world, { by }, { body, from }) {
    const { resource, secret } = await createResource(world, by, {
      audience: body.audience,
      name: body.name,
      scopes: body.scopes,
      tokenFormat: body.token_format,
      strictAudience: body.strict_audience,
      from,
    })
    return {
      body: { resource_server: showResource(resource), client_secret: secret },
      location: `/v1/resource-servers/${resource.clientId}`,
    }
  },

  getResourceServer: async (world, _who, { id }) => told(showResource(await resourceOf(world, id))),

  async changeResourceServer(world, { by }, { id, body, from }) {
    const { audience } = await resourceOf(world, id)
    const changed = await changeResource(world, by, {
      audience,
      from,
      ...given<Partial<Parameters<typeof changeResource>[2]>>({
        name: body.name,
        scopes: body.scopes,
        tokenFormat: body.token_format,
        strictAudience: body.strict_audience,
      }),
    })
    return told(showResource(changed))
  },

  async deleteResourceServer(world, { by }, { id, from }) {
    const { audience } = await resourceOf(world, id)
    await deleteResource(world, by, { audience, from })
    return told({ deleted: true })
  },

  listScopes: async world => told({ items: await world.scopes.list() }),

  async putScope(world, { by }, { id, body, from }) {
    const { scope, sentence, risk } = await describeScope(world, by, { scope: id, ...body, from })
    return told({ scope, sentence, risk })
  },

  async deleteScope(world, { by }, { id, from }) {
    await forgetScope(world, by, { scope: id, from })
    return told({ deleted: true })
  },

  listSigningKeys: async world => told({ items: (await world.signingKeys.list()).map(showSigningKey) }),

  async rotateSigningKey(world, { by }, { from }) {
    const key = await rotateSigningKey(world, by.actor, from)
    return { body: showSigningKey(key), location: '/v1/signing-keys' }
  },

  async removeSigningKey(world, { by }, { id, from }) {
    await removeSigningKey(world, by.actor, { id, from })
    return told({ deleted: true })
  },
}

async function resourceOf(world: World, clientId: string): Promise<ResourceServer> {
  const resource = await world.resources.byClient(clientId)
  if (!resource)
    throw new Refusal('not-found', `no resource server ${clientId.slice(0, 80)}`, { sentence: 'There is no such API.' })
  return resource
}
