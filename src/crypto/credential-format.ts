import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type CredentialKind, KINDS } from '../model/credentials/credential.ts'
import { ALPHABET, base62Number } from './base62.ts'

/*
 * A secret is `clv_` + mark of its kind + `_` + 5 characters of time + 27 random characters + 6 characters of checksum,
 * all letters and digits (160 random bits; one double-click selects the secret). The checksum is the CRC-32 of all
 * characters before it, in base 62, so a scanner can recognise a real secret without asking a server.
 *
 * The time places secrets that are made in succession next to each other in the index of fingerprints. If all 32
 * characters were random, each new secret would go to a different page of the index, and storing it would cost two
 * thirds more in a table of 100 thousand rows (`npm run bench:order`, docs/adr/0007).
 */
const TIME_LENGTH = 5
/**
 * The step of the time in milliseconds. The time starts again at zero after 62^5 steps (seven months); nothing
 * depends on the number of such rounds.
 */
const TIME_STEP = 20
const RANDOM_LENGTH = 27
const CHECKSUM_LENGTH = 6
const TEXT_LENGTH = TIME_LENGTH + RANDOM_LENGTH + CHECKSUM_LENGTH
/** A text longer than that of a stored secret is an access token without a row (statement.ts). */
const SHAPE = /^clv_([a-z]+)_([0-9A-Za-z]{38,248})$/

/** Marks of credential kinds, client ids and client secrets. Client ids and client secrets are no kinds, but have the same format. */
export type Mark = (typeof KINDS)[CredentialKind]['mark'] | 'cid' | 'cs'

const KIND_BY_MARK = new Map<string, CredentialKind>(
  Object.entries(KINDS).map(([kind, { mark }]) => [mark, kind as CredentialKind]),
)

export function mintSecret(mark: Mark): string {
  const body = `clv_${mark}_${base62Number(timeStep(), TIME_LENGTH)}${randomText(RANDOM_LENGTH)}`
  return body + checksum(body)
}

const timeStep = (): number => Math.floor(Date.now() / TIME_STEP) % 62 ** TIME_LENGTH

export const mintFor = (kind: CredentialKind): string => mintSecret(KINDS[kind].mark)

/** Makes the same secret each time from the same 32 bytes, for callers that must return an identical secret when asked twice. */
export function mintFrom(mark: Mark, material: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(material).toString('hex')}`)
  let text = ''
  for (let i = 0; i < TIME_LENGTH + RANDOM_LENGTH; i++) {
    text += ALPHABET[Number(rest % 62n)]
    rest /= 62n
  }
  const body = `clv_${mark}_${text}`
  return body + checksum(body)
}

/** Returns uniformly distributed letters and digits. */
export function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of takeRandom(length - text.length)) if (byte < 248) text += ALPHABET[byte % 62]
  }
  return text
}

/** 24 hex digits that sort by time of creation, for records that have an id but no secret. 64 of the 96 bits are random. */
export const orderedId = (): string => timeStep().toString(16).padStart(8, '0') + takeRandom(8).toString('hex')

/** 24 random hex digits. */
export const randomId = (): string => takeRandom(12).toString('hex')

/**
 * `intact`: our format with the right checksum. `statement`: the same, for an access token without a row. `broken`: our
 * prefix, but mistyped or cut. `foreign`: the format of another system.
 */
export function inspectSecret(
  secret: string,
): { is: 'intact'; mark: string; kind?: CredentialKind } | { is: 'statement' | 'broken' | 'foreign' } {
  if (!secret.startsWith('clv_')) return { is: 'foreign' }
  const [, mark = '', text = ''] = SHAPE.exec(secret) ?? []
  const isLong = text.length > TEXT_LENGTH
  if (text === '' || (isLong && mark !== KINDS['access-token'].mark)) return { is: 'broken' }
  if (checksum(secret.slice(0, -CHECKSUM_LENGTH)) !== secret.slice(-CHECKSUM_LENGTH)) return { is: 'broken' }
  if (isLong) return { is: 'statement' }
  const kind = KIND_BY_MARK.get(mark)
  return kind ? { is: 'intact', mark, kind } : { is: 'intact', mark }
}

/** The hint of a secret: its prefix and its last four characters. */
export function hintOf(secret: string): string {
  const prefix = /^clv_[a-z]+_/.exec(secret)?.[0] ?? ''
  return `${prefix}…${secret.slice(-4)}`
}

/** The look-up text of a JWT contains only the id of the JWT. */
export const jwtLookup = (jti: string): string => `${JWT_MARK}${jti}`
/** Recognises a look-up text that a caller presents as a secret. The id of a JWT is public and proves nothing without the signature. */
export const isJwtLookup = (presented: string): boolean => presented.startsWith(JWT_MARK)
const JWT_MARK = 'jti '

/** The time inside a look-up text, as 8 hex digits that sort by time. Empty for texts that this server did not make. */
export function orderOf(lookup: string): string {
  if (isJwtLookup(lookup)) return /^[0-9a-f]{8}/.exec(lookup.slice(JWT_MARK.length))?.[0] ?? ''
  const at = lookup.startsWith('clv_') ? lookup.indexOf('_', 4) + 1 : 0
  if (at === 0) return ''
  let step = 0
  for (let i = at; i < at + TIME_LENGTH; i++) {
    const digit = ALPHABET.indexOf(lookup.charAt(i) || '_')
    if (digit < 0) return ''
    step = step * 62 + digit
  }
  return step.toString(16).padStart(8, '0')
}

const checksum = (body: string): string => base62Number(crc32(body), CHECKSUM_LENGTH)

/* One system call draws random bytes for many secrets. Used bytes are overwritten. */
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
