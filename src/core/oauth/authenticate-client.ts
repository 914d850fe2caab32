import type { Client } from '../../model/clients/client.ts'
import { isDocumentAddress } from '../../model/clients/client-document.ts'
import { Refusal, type RefusalFacts } from '../../model/refusals/refusal.ts'
import type { Act, Anonymous } from '../../model/users/actor.ts'
import { type OpenDocumentNeeds, openDocumentClient } from '../clients/documents/open-document-client.ts'
import { type OpenCommandLineNeeds, openCommandLineClient } from '../clients/open-command-line-client.ts'
import type { World } from '../world.ts'
import type { ClientClaim, ClientMethod, ProofNeeds, ProofSource } from './client-methods/client-method.ts'
import { CLIENT_METHODS } from './client-methods/client-methods.ts'
import { refuseDisabled } from './refuse-disabled.ts'

/** Authenticates the client of a request. Unknown clients and wrong proofs get the same refusal. */
export async function authenticateClient(needs: Needs, act: Act<Anonymous>, ask: ProofSource): Promise<Client> {
  const used = methodOf(ask)
  const { method, proof, clientId } = used
  const client = await needs.lookups.client(clientId)
  if (!client) {
    if (method.presents !== 'nothing') needs.throttle.countFailure(clientId, act.from.ip)
    throw new Refusal(
      'client-unknown',
      `no client ${clientId}`,
      isDocumentAddress(clientId) ? NOT_STORED : method.hint?.(proof),
    )
  }
  const outcome = await method.proves(needs, client, proof)
  if (outcome !== true) throw unproven(needs, act, { client, used, facts: outcome })
  refuseDisabled(client)
  return client
}

/**
 * Authenticates the client of a request for access. First makes the client of the command line, or reads the metadata
 * document of the client.
 */
export async function authenticateAsking(
  needs: Needs & OpenDocumentNeeds & OpenCommandLineNeeds,
  act: Act<Anonymous>,
  ask: ProofSource,
): Promise<Client> {
  const { clientId } = methodOf(ask)
  await openCommandLineClient(needs, clientId)
  await openDocumentClient(needs, act, clientId)
  return authenticateClient(needs, act, ask)
}

/** RFC 6749 section 2.3: a request uses exactly one method and names one client. */
function methodOf(source: ProofSource): Used {
  const found: { method: ClientMethod; proof: ClientClaim }[] = []
  for (const method of CLIENT_METHODS) {
    const proof = method.read(source)
    if (proof) found.push({ method, proof })
  }
  const proving = found.filter(({ method }) => method.presents !== 'nothing')
  const [one, second] = proving.length > 0 ? proving : found
  if (second) throw new Refusal('client-methods-mixed', found.map(({ method }) => method.name).join(' and '))
  const clientId = one?.proof.clientId
  if (!one || clientId === undefined)
    throw new Refusal('client-proof-missing', 'no client_id', { parameter: 'client_id' })
  const named = source.parameters.one('client_id')
  if (named !== undefined && named !== clientId)
    throw new Refusal('client-named-twice', `${one.method.name} names ${clientId}, the parameters ${named}`, {
      parameter: 'client_id',
    })
  return { ...one, clientId }
}

/** Limits guesses per client and network. A correct secret is never limited. */
function unproven(needs: Needs, { from }: Act<Anonymous>, { client: { id }, used, facts }: Unproven): Refusal {
  const { method } = used
  const whom = { clientId: id }
  if (method.presents === 'nothing')
    return new Refusal('client-proof-missing', `${id} is confidential and only named itself`)
  try {
    needs.throttle.countFailure(id, from.ip)
  } catch (error) {
    if (error instanceof Refusal) return error.concerning(whom)
    throw error
  }
  return new Refusal('client-proof-wrong', `${id} and ${method.name} do not fit`, facts).concerning(whom)
}

const NOT_STORED: RefusalFacts = {
  sentence: 'Nothing of this client is stored here. Its document is read when it asks for access.',
}

type Unproven = { client: Client; used: Used; facts: RefusalFacts }
type Used = { method: ClientMethod; proof: ClientClaim; clientId: string }
type Needs = Omit<ProofNeeds, 'rules'> & Pick<World, 'lookups' | 'throttle' | 'rules'>
