/** Algorithms of signing keys, by their names in JOSE (RFC 7518 section 3.1, RFC 8037 section 3.1). */
export const SIGNING_ALGORITHMS = ['ES256', 'RS256', 'EdDSA'] as const
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]

/** Signs access tokens and user tokens; a guard that checks offline accepts no other (RFC 8725 section 3.1). */
export const TOKEN_ALGORITHM = 'ES256' satisfies SigningAlgorithm

/** Every installation has a key for each of these; keys for the others are made on demand. */
export const STANDARD_ALGORITHMS: readonly SigningAlgorithm[] = [TOKEN_ALGORITHM]
