import type { Scope } from '../../model/scopes/scope.ts'
import type { AuthError } from '../answer/auth-error.ts'
import type { ProfileName } from '../answer/profiles.ts'
import type { ResourceDetails } from '../answer/protected-resource.ts'
import type { Sunset } from '../answer/sunset.ts'
import type { Checker } from '../remote/checker.ts'
import type { Auth, AuthKind } from './auth.ts'

export type RemoteOptions = {
  /** Address of the Claviger server. */
  url: string
  /** Client id and secret of this API: `claviger api create`. */
  clientId: string
  clientSecret: string
  /** How many seconds a good verdict is cached; at most 30. */
  cacheSeconds?: number
  /** How many seconds a refusal is cached; at most 5. */
  refusalSeconds?: number
  /** After so many seconds without a message from the feed, no cached verdict is used. */
  feedLimitSeconds?: number
  timeoutSeconds?: number
  /**
   * The behaviour when the server does not answer: `refuse` answers 503; `use-cache` accepts a credential whose last
   * verdict, at most five minutes old, was good. Revocations during that time have no effect.
   */
  onUnavailable?: 'refuse' | 'use-cache'
  /**
   * `offline`: the guard checks access tokens that are JWTs with the published keys and the revocation feed of the
   * server, and asks the server only if these do not suffice. Needs the `audience` of the guarded API.
   */
  jwt?: 'ask' | 'offline'
  /**
   * The behaviour of `jwt: 'offline'` while the feed is lost: `ask` asks the server each time, `refuse` answers 503.
   */
  onFeedLost?: 'ask' | 'refuse'
  /** `quiet`: the guard reports no use to the server, so the charts and "last used" do not include it. */
  usage?: 'report' | 'quiet'
  onError?: (error: unknown) => void
}

/** The connection to a server in this process, or to one at an address. Without either, environment variables name the server. */
export type Connection = Partial<RemoteOptions> & {
  /** A running server (`claviger`), a connection shared with other guards, or the issuer of a test. */
  server?: Checker
}

/** The requirements of a guarded route. All options are optional; the connection may come from the environment. */
export type GuardOptions = Connection & {
  /** The accepted kinds and the format of the answers; `oauth` accepts access tokens, API keys and application tokens. */
  profile?: ProfileName
  /** The credential needs all of these scopes: a list, or one text with spaces. */
  scopes?: string | readonly Scope[]
  /** The audience of this API, which is compared with the audiences that a credential names. */
  audience?: string
  /** Accepts only these of the kinds that the profile accepts. */
  kinds?: readonly AuthKind[]
  /** Accepts only credentials that belong to a user. */
  user?: 'required'
  /** `optional`: a request without a credential passes without `auth`; a request with a bad credential is refused. */
  credential?: 'required' | 'optional'
  realm?: string
  /**
   * The public address of this API or MCP server. The guard then serves the RFC 9728 document of the API, names the document in
   * every challenge, and uses the address as the `audience` if that option is not set.
   */
  resource?: string
  /** Further members of that document. */
  resourceDetails?: ResourceDetails
  /** The address of the document if the guard does not serve it; every challenge contains this address. */
  resourceMetadata?: string
  /** Query parameter that may contain an API key; `false`: no key in the address is accepted. */
  apiKeyParameter?: string | false
  /** Announces in headers that this route will end (RFC 9745 and RFC 8594). */
  ending?: Sunset
  onAllow?: (auth: Auth) => void
  onDeny?: (error: AuthError) => void
}

export type FetchOptions = GuardOptions & {
  /** Returns the address of the caller, for credentials that are bound to networks. */
  clientAddress?: (request: Request) => string | undefined
}
