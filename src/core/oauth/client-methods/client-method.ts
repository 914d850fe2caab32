import type { Client } from '../../../model/clients/client.ts'
import type { RefusalFacts } from '../../../model/refusals/refusal.ts'
import type { World } from '../../world.ts'
import type { Parameters } from '../parameters.ts'

/**
 * A client authentication method: its registered name (RFC 7591 section 2), its parameters, and functions that read and
 * verify a proof. Metadata, documents and all endpoints for clients use the list (client-methods.ts).
 */
export type ClientMethod<Proof extends ClientClaim = ClientClaim> = {
  name: string
  /**
   * `nothing`: the client only sends its id, which is sufficient for public clients (RFC 6749 section 2.1). Used if no other method is.
   */
  presents: 'proof' | 'nothing'
  /** Signature algorithms of the method (RFC 8414 section 2). */
  algorithms?: readonly string[]
  /** All parameters that `read` uses. */
  parameters: readonly string[]
  /** Undefined if the request does not use this method. */
  read(from: ProofSource): Proof | undefined
  /** Resolves to `true`, or to the fault for the answer. */
  proves(needs: ProofNeeds, client: Client, proof: Proof): Promise<true | RefusalFacts>
  /** The probable fault if the client is unknown. */
  hint?(proof: Proof): RefusalFacts
}

/** Every proof names its client; absent if the request omits the id. */
export type ClientClaim = { clientId: string | undefined }

/** The parts of a request that may contain a proof. */
export type ProofSource = {
  /** RFC 7617, unchanged. */
  basic: { user: string; password: string } | undefined
  parameters: Parameters
}

export type ProofNeeds = Pick<World, 'vault' | 'now' | 'clientKeys' | 'assertions'> & {
  rules: Pick<World['rules'], 'issuer' | 'assertionPaths'>
}
