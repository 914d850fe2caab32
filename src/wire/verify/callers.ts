import { Params } from '../../http/params.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, Anonymous, ResourceActor } from '../../model/users/actor.ts'
import { anonymous } from '../callers/anyone.ts'
import type { Caller } from '../dialect.ts'
import { proveClient } from '../oauth/callers.ts'

const NO_BODY = new Params({})

/** The holder of any credential; the core checks it. */
export const credentialHolder: Caller<Act<Anonymous>> = { ...anonymous, name: 'any credential' }

/** A registered API with Basic authentication. Its secret is not accepted in a body or a query. */
export const resourceServer: Caller<Act<ResourceActor>> = {
  name: 'resource server',
  async prove(world, request) {
    const { who, concerns } = await proveClient(world, request, NO_BODY)
    const { by, from } = who
    const resource = await world.lookups.resourceOf(by.client.id)
    if (!resource)
      throw new Refusal('permission-missing', `${by.client.id} is no resource server`, {
        sentence: 'Only a resource server may ask this. Make one with: claviger api create --audience URI --name NAME',
      })
    return { who: { by: { ...by, resource }, from }, concerns }
  },
}
