import { hash } from 'node:crypto'
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose'
import type { PublicJwk } from '../model/client-metadata.ts'

/** Algorithms of client assertions: asymmetric ones alone, so `none` and HMAC are never tried (RFC 8725 section 3.1). Ed25519 has two names (RFC 9864). */
export const ASSERTION_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const
type Algorithm = (typeof ASSERTION_ALGORITHMS)[number]

/** What an assertion says of itself; nothing of it is proved yet. */
export type Assertion = {
  text: string
  algorithm: Algorithm
  type?: string
  keyId?: string
  claims: Readonly<Record<string, unknown>>
}

/** `undefined`: no JWT, or of an algorithm that is not accepted. Keys in its header (`jwk`, `jku`, `x5u`, `x5c`) are not read. */
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

/** As many keys as are tried where the assertion names none. */
const MOST_TRIED = 10
const KEY_TYPES: Record<Algorithm, string> = { ES256: 'EC', RS256: 'RSA', PS256: 'RSA', EdDSA: 'OKP', Ed25519: 'OKP' }

/** Is it signed by one of these keys, by a key of its own algorithm? */
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
      // The next key may be the one.
    }
  }
  return false
}

/** What an assertion is remembered by, so that it proves its client once. */
export const assertionDigest = (clientId: string, jti: string): string =>
  hash('sha256', `${clientId}\0${jti}`, 'base64url')
