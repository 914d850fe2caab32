import { hash } from 'node:crypto'
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose'
import type { PublicJwk } from '../model/clients/client-metadata.ts'

/** Algorithms of client assertions. All are asymmetric, so `none` and HMAC are never tried (RFC 8725 section 3.1). Ed25519 has two names (RFC 9864). */
export const ASSERTION_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const
type Algorithm = (typeof ASSERTION_ALGORITHMS)[number]

/** The content of an assertion before its signature is verified. */
export type Assertion = {
  text: string
  algorithm: Algorithm
  type?: string
  keyId?: string
  claims: Readonly<Record<string, unknown>>
}

/** Returns `undefined` if the text is not a JWT or its algorithm is not accepted. Keys in the JWT header (`jwk`, `jku`, `x5u`, `x5c`) are ignored. */
export function readAssertion(text: string): Assertion | undefined {
  try {
    const { alg, typ, kid } = decodeProtectedHeader(text)
    const algorithm = ASSERTION_ALGORITHMS.find(one => one === alg)
    if (!algorithm) return undefined
    return {
      text,
      algorithm,
      claims: decodeJwt(text),
      ...(typeof typ === 'string' && { type: typ }),
      ...(typeof kid === 'string' && { keyId: kid }),
    }
  } catch {
    return undefined
  }
}

/** The number of keys that are tried if the assertion names no key. */
const MOST_TRIED = 10
const KEY_TYPES: Record<Algorithm, string> = { ES256: 'EC', RS256: 'RSA', PS256: 'RSA', EdDSA: 'OKP', Ed25519: 'OKP' }

/** Checks the signature with the keys that fit the algorithm of the assertion. */
export async function isSignedBy(assertion: Assertion, keys: readonly PublicJwk[]): Promise<boolean> {
  const { algorithm, keyId, text } = assertion
  const fitting = keys.filter(
    ({ kty, alg, use, kid }) =>
      kty === KEY_TYPES[algorithm] &&
      (alg === undefined || alg === algorithm || kty === 'OKP') &&
      (use === undefined || use === 'sig') &&
      (keyId === undefined || kid === undefined || kid === keyId),
  )
  for (const key of fitting.slice(0, MOST_TRIED)) {
    try {
      await compactVerify(text, await importJWK(key, algorithm), { algorithms: [algorithm] })
      return true
    } catch {
      // This key does not verify the signature; the loop tries the next key.
    }
  }
  return false
}

/** The digest under which a used assertion is remembered, so that one assertion authenticates its client only once. */
export const assertionDigest = (clientId: string, jti: string): string =>
  hash('sha256', `${clientId}\0${jti}`, 'base64url')
