/**
 * What a client says of itself beyond what every client has (RFC 7591 section 2; OpenID Connect registration section 2).
 * Absent: the default of its protocol. Kept as it was registered.
 */
export type ClientMetadata = {
  /** Its public keys by value, or the address at which it publishes them; never both. */
  jwks?: JsonWebKeySet
  jwksUri?: string
}

export type JsonWebKeySet = { keys: readonly PublicJwk[] }
/** A public key (RFC 7517 section 4). */
export type PublicJwk = { kty: string } & Readonly<Record<string, unknown>>

/** Can it prove itself with a key of its own (RFC 7523 section 2.2)? */
export const hasKeys = ({ metadata }: { metadata: ClientMetadata }): boolean =>
  metadata.jwks !== undefined || metadata.jwksUri !== undefined
