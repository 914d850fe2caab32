import type { SigningAlgorithm } from './signing-algorithm.ts'

/**
 * What a client says of itself beyond what every client has (RFC 7591 section 2; OpenID Connect registration section 2).
 * Absent: the default of its protocol. Kept as it was registered.
 */
export type ClientMetadata = {
  /** How it proves itself at the token endpoint, as it registered (`core/oauth/client-methods`). */
  tokenEndpointAuthMethod?: string
  /** Its public keys by value, or the address at which it publishes them; never both. */
  jwks?: JsonWebKeySet
  jwksUri?: string
  /** `native`: http addresses on loopback may have any port. */
  applicationType?: 'web' | 'native'
  /** What a person may look at: the logo, the terms, the privacy policy. The home page is the `website` of every client. */
  logoUri?: string
  policyUri?: string
  tosUri?: string
  contacts?: readonly string[]
  /** Its name in other languages: RFC 7591 section 2.2, `client_name#de` is `de` here. */
  names?: Readonly<Record<string, string>>
  softwareId?: string
  softwareVersion?: string
  /** `pairwise`: each sector sees another `sub` of one person (OpenID Connect Core section 8.1). */
  subjectType?: 'public' | 'pairwise'
  sectorIdentifierUri?: string
  /** Algorithms of what is signed for it, and of what it signs. */
  idTokenSignedResponseAlg?: SigningAlgorithm
  userinfoSignedResponseAlg?: SigningAlgorithm
  requestObjectSigningAlg?: string
  tokenEndpointAuthSigningAlg?: string
  /** Seconds; for a request without `max_age`. */
  defaultMaxAge?: number
  requireAuthTime?: boolean
  defaultAcrValues?: readonly string[]
  /** Where its request objects may be fetched (OpenID Connect Core section 6.2). */
  requestUris?: readonly string[]
  /** Where a browser may go after signing out (OpenID Connect RP-Initiated Logout section 3.1), compared as strings. */
  postLogoutRedirectUris?: readonly string[]
  /** Where logout tokens are sent (OpenID Connect Back-Channel Logout section 2.2). */
  backchannelLogoutUri?: string
  backchannelLogoutSessionRequired?: boolean
}

export type JsonWebKeySet = { keys: readonly PublicJwk[] }
/** A public key (RFC 7517 section 4). */
export type PublicJwk = { kty: string } & Readonly<Record<string, unknown>>

/** Can it prove itself with a key of its own (RFC 7523 section 2.2)? */
export const hasKeys = ({ metadata }: { metadata: ClientMetadata }): boolean =>
  metadata.jwks !== undefined || metadata.jwksUri !== undefined
