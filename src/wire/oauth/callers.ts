import { authenticateClient, type ClientProof } from '../../core/oauth/authenticate-client.ts'
import type { World } from '../../core/world.ts'
import { readBasic } from '../../http/authorization-header.ts'
import type { Params } from '../../http/params.ts'
import { readParams, type WireRequest } from '../../http/request.ts'
import type { Client } from '../../model/client.ts'
import { Refusal, type RefusalCode } from '../../model/refusal.ts'
import type { Caller, Proven } from '../dialect.ts'

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

/** `twoNames`: what it is when Basic and body name two clients: to some a failed proof, to the standard a faulty request. */
export function readClientProof(
  request: WireRequest,
  body: Params,
  twoNames: RefusalCode = 'client-proof-wrong',
): ClientProof {
  const basic = readBasic(request)
  const id = body.one('client_id')
  const secret = body.one('client_secret')
  if (!basic) {
    if (id === undefined) throw new Refusal('client-proof-missing', 'no client_id', { parameter: 'client_id' })
    return { clientId: id, secrets: secret === undefined ? [] : [secret], ip: request.ip }
  }
  if (secret !== undefined) throw new Refusal('client-methods-mixed', 'Basic and client_secret')
  if (id !== undefined && id !== basic.user && id !== formDecode(basic.user))
    throw new Refusal(twoNames, `Basic names ${basic.user}, the body ${id}`, {
      parameter: 'client_id',
      sentence: 'The client_id in the body is not the client that authenticated.',
    })
  // Section 2.3.1 wants both parts form-encoded; many clients send them raw. Ours read the same either way.
  const secrets = [...new Set([basic.password, formDecode(basic.password)])].filter(one => one !== '')
  return { clientId: formDecode(basic.user), secrets, ip: request.ip }
}

function formDecode(text: string): string {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
