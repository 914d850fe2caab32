import type { Act, ClientActor } from '../../../model/actor.ts'
import type { Client } from '../../../model/client.ts'
import type { Scope } from '../../../model/scope.ts'
import type { LogPlace } from '../../../model/validity.ts'
import type { World } from '../../world.ts'

/** What every grant is: its name on the wire (RFC 6749 section 1.3), and how it turns a request into tokens. */
export type GrantType = {
  name: Client['grantTypes'][number]
  issue(needs: World, act: Act<ClientActor>, ask: GrantAsk): Promise<Issued>
}

export type TokenAsk = {
  grantType: string
  scopes?: Scope[]
  /** RFC 8707: the resource servers the token is for. */
  resources: string[]
  code?: string
  redirectUri?: string
  verifier?: string
  refreshToken?: string
}

/** With the place in the revocation log that everything was read after. */
export type GrantAsk = TokenAsk & { place: LogPlace }

export type Issued = {
  accessToken: string
  scopes: Scope[]
  /** Milliseconds since the epoch. */
  createdAt: number
  expiresAt?: number
  refreshToken?: string
}
