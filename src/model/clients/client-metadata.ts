import type { SigningAlgorithm } from '../credentials/signing-algorithm.ts'

/**
 * Registered metadata that only some clients have (RFC 7591 section 2; OpenID Connect registration section 2), stored
 * as registered. For an absent field the default of its protocol applies.
 */
export type ClientMetadata = {
  /** The registered method of client authentication at the token endpoint (`core/oauth/client-methods`). */
  tokenEndpointAuthMethod?: string
  /** The public keys of the client, or the address that publishes them; only one of the two. */
  jwks?: JsonWebKeySet
  jwksUri?: string
  /** `native`: http redirect addresses on loopback may have any port. */
  applicationType?: 'web' | 'native'
  /** Addresses for people: the logo, the terms, the privacy policy. The home page is `website` of the client. */
  logoUri?: string
  policyUri?: string
  tosUri?: string
  contacts?: readonly string[]
  /** What people see, in other languages. `client_name#de` of RFC 7591 section 2.2 is `names.de`. */
  names?: ByLanguage
  websites?: ByLanguage
  logoUris?: ByLanguage
  policyUris?: ByLanguage
  tosUris?: ByLanguage
  softwareId?: string
  softwareVersion?: string
  /** `pairwise`: each sector gets a different `sub` for the same person (OpenID Connect Core section 8.1). */
  subjectType?: 'public' | 'pairwise'
  sectorIdentifierUri?: string
  /** Signature algorithms: the first two for what the server signs, the others for what the client signs. */
  idTokenSignedResponseAlg?: SigningAlgorithm
  userinfoSignedResponseAlg?: SigningAlgorithm
  requestObjectSigningAlg?: string
  tokenEndpointAuthSigningAlg?: string
  /** The largest age of the sign-in in seconds, for a request without `max_age`. */
  defaultMaxAge?: number
  requireAuthTime?: boolean
  defaultAcrValues?: readonly string[]
  /** Addresses from which the server may fetch request objects (OpenID Connect Core section 6.2). */
  requestUris?: readonly string[]
  /** Addresses to which a browser may go after signing out (OpenID Connect RP-Initiated Logout section 3.1), compared as strings. */
  postLogoutRedirectUris?: readonly string[]
  /** The address for logout tokens (OpenID Connect Back-Channel Logout section 2.2). */
  backchannelLogoutUri?: string
  backchannelLogoutSessionRequired?: boolean
}

/** The keys are language tags (RFC 5646), as the client spelled them. */
export type ByLanguage = Readonly<Record<string, string>>
export const LANGUAGE_FIELDS = ['names', 'websites', 'logoUris', 'policyUris', 'tosUris'] as const
export type LanguageField = (typeof LANGUAGE_FIELDS)[number]

/** Returns the value for a language such as `de`; without one, the value for a region of it, such as `de-AT`. */
export function inLanguage(values: ByLanguage | undefined, language: string): string | undefined {
  const tags = Object.keys(values ?? {})
  const of = (fits: (tag: string) => boolean) => tags.find(tag => fits(tag.toLowerCase()))
  const tag = of(one => one === language) ?? of(one => one.startsWith(`${language}-`))
  return tag === undefined ? undefined : values?.[tag]
}

export type JsonWebKeySet = { keys: readonly PublicJwk[] }
/** A public key (RFC 7517 section 4). */
export type PublicJwk = { kty: string } & Readonly<Record<string, unknown>>

/** Tells if the client can authenticate with its own key (RFC 7523 section 2.2). */
export const hasKeys = ({ metadata }: { metadata: ClientMetadata }): boolean =>
  metadata.jwks !== undefined || metadata.jwksUri !== undefined
