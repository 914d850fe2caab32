import { createHash } from 'node:crypto'
import type { SigningAlgorithm } from '../model/credentials/signing-algorithm.ts'

/** The hash function of each signature algorithm; Ed25519 uses SHA-512 (RFC 8032 section 5.1). */
const HASHES: Record<SigningAlgorithm, 'sha256' | 'sha512'> = { ES256: 'sha256', RS256: 'sha256', EdDSA: 'sha512' }

/** `at_hash`: the left half of the hash of an access token (OpenID Connect Core section 3.1.3.6). */
export function accessTokenHash(accessToken: string, algorithm: SigningAlgorithm): string {
  const digest = createHash(HASHES[algorithm]).update(accessToken, 'ascii').digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
