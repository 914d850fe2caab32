import { authenticateAsking, authenticateClient } from '../../core/oauth/authenticate-client.ts'
import type { World } from '../../core/world.ts'
import { readBasic } from '../../http/authorization-header.ts'
import type { Params } from '../../http/params.ts'
import { readParams, type WireRequest } from '../../http/request.ts'
import type { Act, ClientActor } from '../../model/users/actor.ts'
import { anonymousAct } from '../callers/anyone.ts'
import type { Caller, Proven } from '../dialect.ts'

/** RFC 6749 section 2.3: Basic or body, never both. A public client sends its id in the body, which is a form (section 3.2). */
export const clientByForm: Caller<Act<ClientActor>> = {
  name: 'client',
  async prove(world, request) {
    await request.load()
    return proveClient(world, request, readParams(request, 'form'))
  },
}

/**
 * Like `clientByForm`, for requests for access. Such a request may be the first of its client, so the client is made
 * if needed.
 */
export const askingClient: Caller<Act<ClientActor>> = {
  name: 'client',
  async prove(world, request) {
    await request.load()
    return proveClient(world, request, readParams(request, 'form'), authenticateAsking)
  },
}

/** `parameters`: the form, which may contain a proof if the headers do not. */
export async function proveClient(
  world: World,
  request: WireRequest,
  parameters: Params,
  authenticate: typeof authenticateAsking = authenticateClient,
): Promise<Proven<Act<ClientActor>>> {
  const act = anonymousAct(request)
  const client = await authenticate(world, act, { basic: readBasic(request), parameters })
  return { who: { by: { is: 'client', client }, from: act.from }, concerns: { clientId: client.id } }
}
