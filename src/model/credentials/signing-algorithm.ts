/** Algorithms of signing keys with their JOSE names (RFC 7518 section 3.1, RFC 8037 section 3.1). */
export const SIGNING_ALGORITHMS = ['ES256', 'RS256', 'EdDSA'] as const
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]

/** The algorithm of access tokens and user tokens; an offline guard accepts no other (RFC 8725 section 3.1). */
export const TOKEN_ALGORITHM = 'ES256' satisfies SigningAlgorithm

/** Signs id tokens of clients that name no algorithm (OpenID Connect Registration section 2). */
export const ID_TOKEN_ALGORITHM = 'RS256' satisfies SigningAlgorithm

/** Every installation has a key for each of these; keys for other algorithms are created on demand. */
export const STANDARD_ALGORITHMS: readonly SigningAlgorithm[] = [TOKEN_ALGORITHM, ID_TOKEN_ALGORITHM]
