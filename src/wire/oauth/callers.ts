import { authenticateClient, type ClientProof } from '../../core/oauth/authenticate-client.ts'
import type { World } from '../../core/world.ts'
import { readParams } from '../../http/request.ts'
import type { Client } from '../../model/client.ts'
import type { Caller, Proven } from '../dialect.ts'
import { readClientProof } from './client-methods.ts'

/** RFC 6749 section 2.3: Basic or body, never both; a public client names itself in the body, which is a form (section 3.2). */
export const clientByForm: Caller<Client> = {
  name: 'client',
  prove: (world, request) =>
    proveClient(world, readClientProof(request, readParams(request, 'form'), 'parameter-invalid')),
}

export async function proveClient(world: World, proof: ClientProof): Promise<Proven<Client>> {
  const client = await authenticateClient(world, proof)
  return { who: client, concerns: { clientId: client.id } }
}
