import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type CredentialKind, KINDS } from '../model/credential.ts'
import { ALPHABET, base62Number } from './base62.ts'

/*
 * A secret is `clv_` + mark of its kind + `_` + 5 characters of time + 27 random ones + 6 of checksum, all letters and
 * digits (160 random bits; one double-click selects it). The checksum is the CRC-32 of everything before it, in base 62,
 * so a scanner can tell a real secret from a look-alike without asking a server.
 *
 * The time puts secrets made one after the other next to each other in the index that finds them. Where all 32 are
 * random each new one lands on a page of its own, and storing it costs two thirds more in a table of 100 thousand
 * (`npm run bench:order`, docs/adr/0007).
 */
const TIME_LENGTH = 5
/** Milliseconds; a round of 62^5 steps takes seven months, and which round it is makes no difference. */
const TIME_STEP = 20
const RANDOM_LENGTH = 27
const CHECKSUM_LENGTH = 6
const SHAPE = /^clv_([a-z]+)_([0-9A-Za-z]{38})$/
/** Of an access token without a row (statement.ts). */
const STATEMENT_SHAPE = /^clv_at_[0-9A-Za-z]{39,248}$/

/** Marks that are not kinds of credentials: client ids and client secrets follow the same rule. */
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

/** The same secret each time from the same 32 bytes, for what must come out alike when it is asked for twice. */
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

/** Uniformly distributed letters and digits. */
export function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of takeRandom(length - text.length)) if (byte < 248) text += ALPHABET[byte % 62]
  }
  return text
}

/** 24 hex digits, for things that have an id but no secret: 64 of its bits are random. */
export const orderedId = (): string => timeStep().toString(16).padStart(8, '0') + takeRandom(8).toString('hex')

/** 24 hex digits, all of them random. */
export const randomId = (): string => takeRandom(12).toString('hex')

/** `intact`: ours, with the right checksum; `statement`: the same, of an access token without a row; `broken`: ours by prefix, but mistyped or cut; `foreign`: another system's. */
export function inspectSecret(
  secret: string,
): { is: 'intact'; mark: string; kind?: CredentialKind } | { is: 'statement' | 'broken' | 'foreign' } {
  if (!secret.startsWith('clv_')) return { is: 'foreign' }
  const match = SHAPE.exec(secret)
  if (!match && !STATEMENT_SHAPE.test(secret)) return { is: 'broken' }
  const body = secret.slice(0, -CHECKSUM_LENGTH)
  if (checksum(body) !== secret.slice(-CHECKSUM_LENGTH)) return { is: 'broken' }
  if (!match) return { is: 'statement' }
  const mark = match[1] as string
  const kind = KIND_BY_MARK.get(mark)
  return kind ? { is: 'intact', mark, kind } : { is: 'intact', mark }
}

/** What may be shown of a secret ever after: its prefix and last four characters. */
export function hintOf(secret: string): string {
  const prefix = /^clv_[a-z]+_/.exec(secret)?.[0] ?? ''
  return `${prefix}…${secret.slice(-4)}`
}

/** What a JWT is found by: its id, never its text. */
export const jwtLookup = (jti: string): string => `${JWT_MARK}${jti}`
/** An id is no secret; without the signature around it it opens nothing. */
export const isJwtLookup = (presented: string): boolean => presented.startsWith(JWT_MARK)
const JWT_MARK = 'jti '

/** The time in what something is looked up by, as 8 hex digits that sort like it; nothing for what others made. */
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
