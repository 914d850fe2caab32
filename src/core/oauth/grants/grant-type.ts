import type { Act, ClientActor } from '../../../model/actor.ts'
import type { Client, GrantTypeName } from '../../../model/client.ts'
import type { Scope } from '../../../model/scope.ts'
import type { LogPlace } from '../../../model/validity.ts'
import type { AccessTokenNeeds } from '../../credentials/make-access-token.ts'
import type { World } from '../../world.ts'
import type { Parameters } from '../parameters.ts'

/**
 * A grant type introduces itself: its name (RFC 6749 section 1.3), the parameters of the token request that are its own,
 * how it reads them, and how it turns them into tokens. Metadata, documents and the token endpoint are made of the list
 * (grants.ts).
 */
export type GrantType<Ask = unknown> = {
  name: GrantTypeName
  /** All that `read` reads. */
  parameters: readonly string[]
  read(parameters: Parameters): Ask
  issue(needs: GrantNeeds, client: ProvenClient, ask: Ask): Promise<Issued>
}

/** A client that proved itself and may use this grant, as it is now. */
export type ProvenClient = {
  client: Client
  /** The place in the revocation log that everything was read after. */
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
}

/** What any grant may need. */
export type GrantNeeds = AccessTokenNeeds &
  Pick<World, 'credentials' | 'users' | 'lookups' | 'journal' | 'devicePolls'> & {
    recorder: Pick<World['recorder'], 'gather'>
  }
