import { changeResource } from '../../../core/resources/change-resource.ts'
import { createResource } from '../../../core/resources/create-resource.ts'
import { deleteResource } from '../../../core/resources/delete-resource.ts'
import { describeScope } from '../../../core/resources/describe-scope.ts'
import { forgetScope } from '../../../core/resources/forget-scope.ts'
import { removeSigningKey } from '../../../core/services/remove-signing-key.ts'
import { rotateSigningKey } from '../../../core/services/rotate-signing-key.ts'
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

  async createResourceServer(world, act, { body }) {
    const { resource, secret } = await createResource(world, act, {
      audience: body.audience,
      name: body.name,
      scopes: body.scopes,
      tokenFormat: body.token_format,
      strictAudience: body.strict_audience,
    })
    return {
      body: { resource_server: showResource(resource), client_secret: secret },
      location: `/v1/resource-servers/${resource.clientId}`,
    }
  },

  getResourceServer: async (world, _who, { id }) => told(showResource(await resourceOf(world, id))),

  async changeResourceServer(world, act, { id, body }) {
    const { audience } = await resourceOf(world, id)
    const changed = await changeResource(world, act, {
      audience,
      ...given<Partial<Parameters<typeof changeResource>[2]>>({
        name: body.name,
        scopes: body.scopes,
        tokenFormat: body.token_format,
        strictAudience: body.strict_audience,
      }),
    })
    return told(showResource(changed))
  },

  async deleteResourceServer(world, act, { id }) {
    const { audience } = await resourceOf(world, id)
    await deleteResource(world, act, { audience })
    return told({ deleted: true })
  },

  listScopes: async world => told({ items: await world.scopes.list() }),

  async putScope(world, act, { id, body }) {
    const { scope, sentence, risk } = await describeScope(world, act, { scope: id, ...body })
    return told({ scope, sentence, risk })
  },

  async deleteScope(world, act, { id }) {
    await forgetScope(world, act, { scope: id })
    return told({ deleted: true })
  },

  listSigningKeys: async world => told({ items: (await world.signingKeys.list()).map(showSigningKey) }),

  async rotateSigningKey(world, act) {
    const key = await rotateSigningKey(world, act)
    return { body: showSigningKey(key), location: '/v1/signing-keys' }
  },

  async removeSigningKey(world, act, { id }) {
    await removeSigningKey(world, act, { id })
    return told({ deleted: true })
  },
}

async function resourceOf(world: World, clientId: string): Promise<ResourceServer> {
  const resource = await world.resources.byClient(clientId)
  if (!resource)
    throw new Refusal('not-found', `no resource server ${clientId.slice(0, 80)}`, { sentence: 'There is no such API.' })
  return resource
}
