import type { Scope } from '../../model/scope.ts'
import type { AuthError } from '../answer/auth-error.ts'
import type { ProfileName } from '../answer/profiles.ts'
import type { Sunset } from '../answer/sunset.ts'
import type { Checker } from '../remote/checker.ts'
import type { Auth, AuthKind } from './auth.ts'

export type RemoteOptions = {
  /** Address of the Claviger server. */
  url: string
  /** Client id and secret of this API: `claviger api create`. */
  clientId: string
  clientSecret: string
  /** How long a good answer is remembered; at most 30. */
  cacheSeconds?: number
  /** How long a refusal is remembered; at most 5. */
  refusalSeconds?: number
  /** Without a word from the feed for this long, nothing remembered is trusted. */
  feedLimitSeconds?: number
  timeoutSeconds?: number
  /**
   * What to do when the server cannot be asked: `refuse` (503), or `use-cache`: let pass what was good when it was last
   * asked, for at most five minutes. Revocations made meanwhile are then not obeyed.
   */
  onUnavailable?: 'refuse' | 'use-cache'
  /**
   * `offline`: access tokens that are JWTs are checked here, with the server's published keys and the revocation feed,
   * and the server is asked only where those two cannot tell. Needs the `audience` of the guarded API.
   */
  jwt?: 'ask' | 'offline'
  /** What becomes of such tokens while the feed is lost: the server is asked each time, or they are refused (503). */
  onFeedLost?: 'ask' | 'refuse'
  /** `quiet`: no use is reported to the server, and its charts and "last used" lack it. */
  usage?: 'report' | 'quiet'
  onError?: (error: unknown) => void
}

/** Who answers: a server in this process, or one at an address. Without either the environment names it. */
export type Connection = Partial<RemoteOptions> & {
  /** A running server (`claviger`), a connection shared with other guards, or a test's issuer. */
  server?: Checker
}

/** What a guarded route wants. Everything is optional; the connection may come from the environment. */
export type GuardOptions = Connection & {
  /** What is accepted and how the answers sound; `oauth` takes access tokens, API keys and application tokens. */
  profile?: ProfileName
  /** All of these are needed: a list, or one text with spaces. */
  scopes?: string | readonly Scope[]
  /** This API, where credentials name whom they are for. */
  audience?: string
  /** Only these kinds, of those the profile accepts. */
  kinds?: readonly AuthKind[]
  /** Only credentials with a person behind them. */
  user?: 'required'
  /** A request without any credential passes without `auth`; a bad one never does. */
  credential?: 'required' | 'optional'
  realm?: string
  /** Address of this API's RFC 9728 document, named in every challenge. */
  resourceMetadata?: string
  /** Query parameter in which an API key may stand; `false`: never in the address. */
  apiKeyParameter?: string | false
  /** Announces that this way in will end (RFC 9745 and RFC 8594). */
  ending?: Sunset
  onAllow?: (auth: Auth) => void
  onDeny?: (error: AuthError) => void
}

export type FetchOptions = GuardOptions & {
  /** The caller's address, where the platform knows it: for credentials that are bound to networks. */
  clientAddress?: (request: Request) => string | undefined
}
