import type { Client } from '../../../model/client.ts'
import type { RefusalFacts } from '../../../model/refusal.ts'
import type { World } from '../../world.ts'
import type { Parameters } from '../parameters.ts'

/**
 * A way in which clients prove who they are introduces itself: its registered name (RFC 7591 section 2), the parameters
 * it reads, what it finds in a request, and whether that proves the client. Metadata, documents and every endpoint that
 * clients call are made of the list (client-methods.ts).
 */
export type ClientMethod<Proof extends ClientClaim = ClientClaim> = {
  name: string
  /** `nothing`: the client only names itself, which is enough for public ones (RFC 6749 section 2.1); used where no other method is. */
  presents: 'proof' | 'nothing'
  /** Of its signatures, where it has some (RFC 8414 section 2). */
  algorithms?: readonly string[]
  /** All that `read` reads of the parameters. */
  parameters: readonly string[]
  /** `undefined`: this request does not use it. */
  read(from: ProofSource): Proof | undefined
  /** `true`, or what is wrong with it, for the answer. */
  proves(needs: ProofNeeds, client: Client, proof: Proof): Promise<true | RefusalFacts>
  /** What may have gone wrong where the client is not known. */
  hint?(proof: Proof): RefusalFacts
}

/** Every proof says whose it is; absent where the request forgot it. */
export type ClientClaim = { clientId: string | undefined }

/** What a request says about its client, wherever it stands. */
export type ProofSource = {
  /** RFC 7617, as sent. */
  basic: { user: string; password: string } | undefined
  parameters: Parameters
}

export type ProofNeeds = Pick<World, 'vault' | 'now' | 'clientKeys' | 'assertions'> & {
  rules: Pick<World['rules'], 'issuer' | 'assertionPaths'>
}
