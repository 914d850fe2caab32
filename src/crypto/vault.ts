import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Fingerprint } from '../model/credential.ts'
import { orderOf } from './credential-format.ts'

/** Keys derived from the master key. It lives outside the database, so a stolen database alone opens nothing. */
export type Vault = {
  /** Keyed SHA-256 of the whole secret, 64 hex digits; those of our own format begin with the time they were made at. */
  fingerprint(secret: string): Fingerprint
  /** AES-256-GCM; `purpose` is authenticated, so that a sealed value cannot be used in another's place. */
  seal(purpose: string, text: string): string
  /** `undefined` when it was not sealed here, for this purpose, with this master key. */
  open(purpose: string, sealed: string): string | undefined
  /** HMAC-SHA-256, base64url: for values we hand out and must recognise (CSRF tokens, cursors). */
  mac(purpose: string, text: string): string
  /** The same, keyed by a secret that only its holder knows: what is sealed so, the database cannot open. */
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
    // A fixed-length key in front is enough here: secrets are long and random, and a digest is only ever looked up.
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

/** Equal in constant time for texts of one length; texts of different length differ at once. */
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
  if (bytes.length < 28) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(12, 28))
  try {
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}
