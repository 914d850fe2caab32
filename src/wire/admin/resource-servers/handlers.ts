import { changeResource } from '../../../core/resources/change-resource.ts'
import { createResource } from '../../../core/resources/create-resource.ts'
import { deleteResource } from '../../../core/resources/delete-resource.ts'
import type { World } from '../../../core/world.ts'
import type { ResourceServer } from '../../../model/clients/client.ts'
import { missing } from '../../../model/refusals/missing.ts'
import { answered, given, type Handlers } from '../handler.ts'
import type { resourceServersOperations } from './operations.ts'
import { showResource } from './show.ts'

export const resourceServersHandlers: Handlers<keyof typeof resourceServersOperations> = {
  listResourceServers: async world => answered({ items: (await world.resources.list()).map(showResource) }),

  async createResourceServer(world, act, { body }) {
    const { resource, secret } = await createResource(world, act, {
      audience: body.audience,
      name: body.name,
      scopes: body.scopes,
      tokenFormat: body.token_format,
      strictAudience: body.strict_audience,
      keyConsent: body.key_consent,
      ...(body.rolling_exp_seconds !== null && { rollingExpSeconds: body.rolling_exp_seconds }),
    })
    return {
      body: { resource_server: showResource(resource), client_secret: secret },
      location: `/v1/resource-servers/${resource.clientId}`,
    }
  },

  getResourceServer: async (world, _who, { id }) => answered(showResource(await resourceOf(world, id))),

  async changeResourceServer(world, act, { id, body }) {
    const { audience } = await resourceOf(world, id)
    const changed = await changeResource(world, act, {
      audience,
      ...given<Partial<Parameters<typeof changeResource>[2]>>({
        name: body.name,
        scopes: body.scopes,
        tokenFormat: body.token_format,
        strictAudience: body.strict_audience,
        keyConsent: body.key_consent,
        rollingExpSeconds: body.rolling_exp_seconds,
      }),
    })
    return answered(showResource(changed))
  },

  async deleteResourceServer(world, act, { id }) {
    const { audience } = await resourceOf(world, id)
    await deleteResource(world, act, { audience })
    return answered({ deleted: true })
  },
}

async function resourceOf(world: World, clientId: string): Promise<ResourceServer> {
  const resource = await world.resources.byClient(clientId)
  if (!resource) throw missing('API', clientId)
  return resource
}
