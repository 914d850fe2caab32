import { authenticateClient } from '../../core/oauth/authenticate-client.ts'
import type { World } from '../../core/world.ts'
import { Params } from '../../http/params.ts'
import type { WireRequest } from '../../http/request.ts'
import type { ResourceServer } from '../../model/client.ts'
import { Refusal } from '../../model/refusal.ts'
import { readClientProof } from '../oauth/callers.ts'

const NO_BODY = new Params({})

/** An API that was registered here, by Basic alone: its secret never stands in a body or an address. */
export async function resourceServer(world: World, request: WireRequest): Promise<ResourceServer> {
  const caller = await authenticateClient(world, readClientProof(request, NO_BODY))
  const resource = await world.directory.resourceOf(caller.id)
  if (!resource)
    throw new Refusal('permission-missing', `${caller.id} is no resource server`, {
      sentence: 'Only a resource server may ask this. Make one with: claviger api create --audience URI --name NAME',
    })
  return resource
}
