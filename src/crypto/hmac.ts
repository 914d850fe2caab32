import { hash } from 'node:crypto'

const BLOCK = 64

/**
 * HMAC-SHA-256 (RFC 2104) with one key, computed as two one-shot digests: `createHmac` allocates an OpenSSL object for each
 * message, which takes more than twice as long (docs/adr/0003).
 */
export function openHmac(key: Uint8Array): (...message: Uint8Array[]) => Buffer {
  const short = key.length > BLOCK ? hash('sha256', key, 'buffer') : key
  const padded = (mask: number) => Uint8Array.from({ length: BLOCK }, (_, i) => (short[i] ?? 0) ^ mask)
  const inner = padded(0x36)
  const outer = Buffer.concat([padded(0x5c), Buffer.alloc(32)])
  return (...message) => {
    outer.write(hash('sha256', Buffer.concat([inner, ...message]), 'binary'), BLOCK, 'binary')
    return Buffer.from(hash('sha256', outer, 'binary'), 'binary')
  }
}
