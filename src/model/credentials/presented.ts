import type { SchemeName } from './scheme.ts'

/** A presented credential: its text, its place in the request and the scheme. The guard and the check share this type. */
export type Presented = {
  /** The secret; for a token pair `user:token`, with the user as a decimal number without leading zeros. */
  secret: string
  /** The place of the credential in the request; absent if the calling program does not tell it. */
  place?: Place
  /** Scheme of the Authorization header (RFC 9110 section 11.4), if the credential was there. */
  scheme?: SchemeName
  /** Proofs that bind the credential to this request, if the scheme has proofs (RFC 9449 section 4.3). */
  proof?: RequestProof
}

/** `key-parameter` is the query parameter for API keys; `query` and `form` are places of the older systems. */
export type Place = 'authorization' | 'x-api-key' | 'key-parameter' | 'query' | 'form'

/** The proofs as sent, with the method and the address (scheme, authority, path) that they must contain. */
export type RequestProof = { proofs: readonly string[]; method: string; address: string }
