import { createECDH } from 'node:crypto'
import type { Vault } from './vault.ts'

/**
 * The server's public key for Web Push (RFC 8292 section 3.2): P-256, uncompressed, base64url without padding. The key
 * is derived from the master key, so it needs no storage and changes only with the master key.
 */
export function pushPublicKey(vault: Pick<Vault, 'mac'>): string {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.from(vault.mac('push-key', 'P-256'), 'base64url'))
  return pair.getPublicKey('base64url', 'uncompressed')
}
