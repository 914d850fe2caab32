import type { Client, GrantTypeName } from '../../../model/clients/client.ts'
import type { LogPlace } from '../../../model/credentials/validity.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import type { Act, ClientActor } from '../../../model/users/actor.ts'
import type { AccessTokenNeeds } from '../../credentials/issue/make-access-token.ts'
import type { IdTokenNeeds } from '../../openid/id-token.ts'
import type { World } from '../../world.ts'
import type { Parameters } from '../parameters.ts'

/**
 * A grant type: its name (RFC 6749 section 1.3), its own parameters of the token request, and functions that read them
 * and issue tokens. Metadata, documents and the token endpoint use the list (grants.ts).
 */
export type GrantType<Ask = unknown> = {
  name: GrantTypeName
  /** All parameters that `read` uses. */
  parameters: readonly string[]
  read(parameters: Parameters): Ask
  issue(needs: GrantNeeds, client: ProvenClient, ask: Ask): Promise<Issued>
}

/** An authenticated client that may use this grant type, in its current state. */
export type ProvenClient = {
  client: Client
  /** The place in the revocation log before all look-ups of this request. */
  place: LogPlace
  act: Act<ClientActor>
}

export type Issued = {
  accessToken: string
  scopes: Scope[]
  /** Milliseconds since the epoch. */
  createdAt: number
  expiresAt?: number
  refreshToken?: string
  idToken?: string
}

/** The needs of all grant types. */
export type GrantNeeds = AccessTokenNeeds &
  IdTokenNeeds &
  Pick<World, 'credentials' | 'grants' | 'users' | 'lookups' | 'journal' | 'devicePolls'> & {
    recorder: Pick<World['recorder'], 'gather'>
  }
