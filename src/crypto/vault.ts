import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Fingerprint } from '../model/credentials/credential.ts'
import { orderOf } from './credential-format.ts'

/** Keys derived from the master key. The master key is outside the database, so a stolen database alone reveals no sealed value. */
export type Vault = {
  /** Keyed SHA-256 of the whole secret, 64 hex digits. For secrets of our own format the first 8 digits are the time of creation. */
  fingerprint(secret: string): Fingerprint
  /** AES-256-GCM. `purpose` is authenticated, so a value sealed for one purpose cannot be opened for another. */
  seal(purpose: string, text: string): string
  /** Returns `undefined` if the value was not sealed with this master key for this purpose. */
  open(purpose: string, sealed: string): string | undefined
  /** HMAC-SHA-256, base64url, for values that the server gives out and must recognise later (CSRF tokens, cursors). */
  mac(purpose: string, text: string): string
  /** Seals with a key derived from a secret that only its holder knows, so the server cannot open the value without that secret. */
  sealFor(secret: string, purpose: string, text: string): string
  openFor(secret: string, purpose: string, sealed: string): string | undefined
}

export function openVault(masterKey: Uint8Array): Vault {
  const derive = (label: string, from: Uint8Array | string = masterKey) =>
    Buffer.from(hkdfSync('sha256', from, 'claviger', label, 32))
  const pepper = derive('fingerprint').toString('hex')
  const sealingKey = derive('seal')
  const macKey = derive('mac')

  return {
    // A prefix of fixed length is a sufficient key here: secrets are long and random, and a digest is only compared for equality.
    fingerprint: secret => {
      const order = orderOf(secret)
      return order + hash('sha256', pepper + secret).slice(order.length)
    },
    seal: (purpose, text) => seal(sealingKey, purpose, text),
    open: (purpose, sealed) => open(sealingKey, purpose, sealed),
    mac: (purpose, text) => createHmac('sha256', macKey).update(`${purpose}\0${text}`).digest('base64url'),
    sealFor: (secret, purpose, text) => seal(derive('seal-for', pepper + secret), purpose, text),
    openFor: (secret, purpose, sealed) => open(derive('seal-for', pepper + secret), purpose, sealed),
  }
}

/** Compares in constant time if both texts have the same length; returns false at once if the lengths differ. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

function seal(key: Uint8Array, purpose: string, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

function open(key: Uint8Array, purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  // Decoding ignores unused bits and foreign characters; one sealed value must have one spelling (RFC 4648 section 3.5).
  if (bytes.length < 28 || bytes.toString('base64url') !== sealed) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(12, 28))
  try {
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}
