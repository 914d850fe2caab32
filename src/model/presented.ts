import type { SchemeName } from './scheme.ts'

/** A credential as a request presented it: its text, and how and where it stood. One type from the guard's edge to the check. */
export type Presented = {
  /** The text; for a user/token pair `user:token`, the user as a decimal number without leading zeros. */
  secret: string
  /** Absent where a program hands over what it received and does not say where it stood. */
  place?: Place
  /** Scheme of the Authorization header (RFC 9110 section 11.4), where it stood there. */
  scheme?: SchemeName
  /** What binds it to this request, where the scheme has proofs (RFC 9449 section 4.3). */
  proof?: RequestProof
}

/** `key-parameter` is the query parameter for API keys; `query` and `form` are those of the older systems. */
export type Place = 'authorization' | 'x-api-key' | 'key-parameter' | 'query' | 'form'

/** Proofs as they were sent, with the method and the address (scheme, authority, path) that they must name. */
export type RequestProof = { proofs: readonly string[]; method: string; address: string }
