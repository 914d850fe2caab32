import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type CredentialKind, KINDS } from '../model/credential.ts'

/*
 * A secret is `clv_` + mark of its kind + `_` + 32 random characters + 6 characters of checksum, all letters and digits
 * (190 random bits; one double-click selects it). The checksum is the CRC-32 of everything before it, in base 62, so a
 * scanner can tell a real secret from a look-alike without asking anybody.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_LENGTH = 32
const CHECKSUM_LENGTH = 6
const SHAPE = /^clv_([a-z]+)_([0-9A-Za-z]{38})$/

/** Marks that are not kinds of credentials: client ids and client secrets follow the same rule. */
export type Mark = (typeof KINDS)[CredentialKind]['mark'] | 'cid' | 'cs'

const KIND_BY_MARK = new Map<string, CredentialKind>(
  Object.entries(KINDS).map(([kind, { mark }]) => [mark, kind as CredentialKind]),
)

export function mintSecret(mark: Mark): string {
  const body = `clv_${mark}_${randomText(RANDOM_LENGTH)}`
  return body + checksum(body)
}

export const mintFor = (kind: CredentialKind): string => mintSecret(KINDS[kind].mark)

/** The same secret each time from the same 32 bytes, for what must come out alike when it is asked for twice. */
export function mintFrom(mark: Mark, material: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(material).toString('hex')}`)
  let text = ''
  for (let i = 0; i < RANDOM_LENGTH; i++) {
    text += ALPHABET[Number(rest % 62n)]
    rest /= 62n
  }
  const body = `clv_${mark}_${text}`
  return body + checksum(body)
}

/** Uniformly distributed letters and digits. */
export function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of takeRandom(length - text.length)) if (byte < 248) text += ALPHABET[byte % 62]
  }
  return text
}

/** 24 hex digits, for things that have an id but no secret. */
export const randomId = (): string => takeRandom(12).toString('hex')

/** `intact`: ours, with the right checksum; `broken`: ours by prefix, but mistyped or cut; `foreign`: another system's. */
export function inspectSecret(
  secret: string,
): { is: 'intact'; mark: string; kind?: CredentialKind } | { is: 'broken' | 'foreign' } {
  if (!secret.startsWith('clv_')) return { is: 'foreign' }
  const match = SHAPE.exec(secret)
  if (!match) return { is: 'broken' }
  const body = secret.slice(0, -CHECKSUM_LENGTH)
  if (checksum(body) !== secret.slice(-CHECKSUM_LENGTH)) return { is: 'broken' }
  const mark = match[1] as string
  const kind = KIND_BY_MARK.get(mark)
  return kind ? { is: 'intact', mark, kind } : { is: 'intact', mark }
}

/** What may be shown of a secret ever after: its prefix and last four characters. */
export function hintOf(secret: string): string {
  const prefix = /^clv_[a-z]+_/.exec(secret)?.[0] ?? ''
  return `${prefix}…${secret.slice(-4)}`
}

function checksum(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    text = ALPHABET[rest % 62] + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/* Drawing random bytes costs a system call; one draw serves many secrets. Used bytes are wiped. */
const POOL_SIZE = 8192
let pool = Buffer.alloc(0)
let position = 0
function takeRandom(length: number): Buffer {
  if (position + length > pool.length) {
    pool = randomBytes(Math.max(POOL_SIZE, length))
    position = 0
  }
  const taken = Buffer.from(pool.subarray(position, position + length))
  pool.fill(0, position, position + length)
  position += length
  return taken
}
