import { authenticateClient, type ClientProof } from '../../core/oauth/authenticate-client.ts'
import type { World } from '../../core/world.ts'
import { readParams, sourceOf, type WireRequest } from '../../http/request.ts'
import type { Act, ClientActor } from '../../model/actor.ts'
import type { Caller, Proven } from '../dialect.ts'
import { readClientProof } from './client-methods.ts'

/** RFC 6749 section 2.3: Basic or body, never both; a public client names itself in the body, which is a form (section 3.2). */
export const clientByForm: Caller<Act<ClientActor>> = {
  name: 'client',
  prove: (world, request) =>
    proveClient(world, request, readClientProof(request, readParams(request, 'form'), 'parameter-invalid')),
}

export async function proveClient(
  world: World,
  request: WireRequest,
  proof: ClientProof,
): Promise<Proven<Act<ClientActor>>> {
  const client = await authenticateClient(world, proof)
  return { who: { by: { is: 'client', client }, from: sourceOf(request) }, concerns: { clientId: client.id } }
}
