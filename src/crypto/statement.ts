import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { KINDS } from '../model/credential.ts'
import { SECOND } from '../model/span.ts'
import { LONGEST_STATED, type Statement } from '../model/statement.ts'
import { base62Number, fromBase62, toBase62 } from './base62.ts'

/*
 * An access token that carries its own record: `clv_at_` + base 62 of the bytes below + 6 characters of CRC-32. The
 * server that sealed it needs no row to read it; the revocation log lists which statements have ended.
 *
 *   byte  0      format (1)
 *         1-2    number of the key that sealed it
 *         3-14   id
 *        15-20   time of issue, milliseconds since 1970
 *        21-23   lifetime in seconds, at most a day
 *        24      flags: grant or client, scopes present, audiences present
 *        25-...  grant id (12 bytes) or number of the client (4), epoch of the client (5),
 *                scopes and audiences (2 bytes of length, text with spaces) if they differ from those of the grant or client
 *        last 16 HMAC-SHA-256, cut, over purpose, issuer and all bytes before it
 *
 * It contains no user id, because a user id would link the pairwise subjects of one person (OpenID Connect Core section 8.1).
 */
const FORMAT = 1
const PREFIX = `clv_${KINDS['access-token'].mark}_`
const CHECKSUM_LENGTH = 6
const MAC_LENGTH = 16
const HEAD_LENGTH = 25
/** Client libraries store tokens in columns of 255 characters. A token that would be longer becomes a row instead. */
export const LONGEST_STATEMENT = 255
/** The secret of a row has exactly this length; a statement always has another length. */
const ROW_SECRET_LENGTH = PREFIX.length + 38
/** Recognises a statement by our prefix and a length that differs from the length of a stored secret. */
export const hasStatementShape = (presented: string): boolean =>
  presented.startsWith(PREFIX) && presented.length !== ROW_SECRET_LENGTH
export const LONGEST_LIFE_SECONDS = LONGEST_STATED / SECOND

const OF_GRANT = 1
const WITH_SCOPES = 2
const WITH_AUDIENCE = 4

/** A random key, stored sealed together with the signing keys, and not derived from the master key. `number` is 1 to 65535. */
export type StatementKey = { number: number; secret: Uint8Array }

export type Statements = {
  /** Returns the token; `undefined` if it would be too long or live longer than a day, so the caller stores a row instead. Throws without a key. */
  seal(statement: Statement): string | undefined
  /**
   * `foreign`: not the shape of a statement. `broken`: our shape, but mistyped or cut.
   * `unknown-key`: sealed by a key that is not loaded. `forged`: the key is loaded and did not seal this text.
   */
  open(presented: string): Opened
  /** Replaces the keys. The key with number `sealing` seals; all keys open. */
  load(keys: readonly StatementKey[], sealing: number): void
}
export type Opened = { is: 'sealed'; statement: Statement } | { is: 'foreign' | 'broken' | 'unknown-key' | 'forged' }

export function openStatements(issuer: () => string): Statements {
  let keys = new Map<number, KeyObject>()
  let sealing: number | undefined

  const macOf = (key: KeyObject, body: Uint8Array): Buffer =>
    createHmac('sha256', key).update(`access-token\0${issuer()}\0`).update(body).digest().subarray(0, MAC_LENGTH)

  return {
    load(next, first) {
      keys = new Map(next.map(({ number, secret }) => [number, createSecretKey(secret)]))
      sealing = keys.has(first) ? first : undefined
    },

    seal(statement) {
      const key = sealing === undefined ? undefined : keys.get(sealing)
      if (sealing === undefined || !key) throw new Error('no key for access tokens is loaded')
      const body = write(statement, sealing)
      if (!body) return undefined
      const text = PREFIX + toBase62(Buffer.concat([body, macOf(key, body)]))
      const token = text + checksum(text)
      return token.length > LONGEST_STATEMENT || token.length === ROW_SECRET_LENGTH ? undefined : token
    },

    open(presented) {
      if (!hasStatementShape(presented)) return FOREIGN
      if (presented.length > LONGEST_STATEMENT) return BROKEN
      const text = presented.slice(0, -CHECKSUM_LENGTH)
      if (checksum(text) !== presented.slice(-CHECKSUM_LENGTH)) return BROKEN
      const bytes = fromBase62(text.slice(PREFIX.length))
      if (!bytes || bytes.length < HEAD_LENGTH + MAC_LENGTH || bytes[0] !== FORMAT) return BROKEN
      const key = keys.get(bytes.readUInt16BE(1))
      if (!key) return UNKNOWN_KEY
      const body = bytes.subarray(0, -MAC_LENGTH)
      if (!timingSafeEqual(macOf(key, body), bytes.subarray(-MAC_LENGTH))) return FORGED
      return { is: 'sealed', statement: read(body) }
    },
  }
}

const FOREIGN: Opened = { is: 'foreign' }
const BROKEN: Opened = { is: 'broken' }
const UNKNOWN_KEY: Opened = { is: 'unknown-key' }
const FORGED: Opened = { is: 'forged' }

function write(statement: Statement, keyNumber: number): Buffer | undefined {
  const { of, scopes, audience } = statement
  const life = Math.ceil((statement.expiresAt - statement.issuedAt) / 1000)
  if (life < 0 || life > LONGEST_LIFE_SECONDS) return undefined
  // Scopes and audiences are joined with spaces, so no item may contain one.
  if ([...(scopes ?? []), ...(audience ?? [])].some(item => item === '' || item.includes(' '))) return undefined
  const subject = 'grantId' in of ? Buffer.from(of.grantId, 'hex') : uint(of.clientNumber, 4)
  const flags = ('grantId' in of ? OF_GRANT : 0) | (scopes ? WITH_SCOPES : 0) | (audience ? WITH_AUDIENCE : 0)
  const head = Buffer.allocUnsafe(HEAD_LENGTH)
  head[0] = FORMAT
  head.writeUInt16BE(keyNumber, 1)
  head.write(statement.id, 3, 12, 'hex')
  head.writeUIntBE(statement.issuedAt, 15, 6)
  head.writeUIntBE(life, 21, 3)
  head[24] = flags
  const parts = [head, subject, uint(statement.clientEpoch, 5)]
  if (scopes) parts.push(listOf(scopes))
  if (audience) parts.push(listOf(audience))
  return Buffer.concat(parts)
}

/** Reads bytes whose seal was verified; further checks are unnecessary. */
function read(body: Buffer): Statement {
  const flags = body[24] as number
  let at = HEAD_LENGTH
  const take = (length: number): Buffer => {
    at += length
    return body.subarray(at - length, at)
  }
  const list = (): string[] => {
    const all = take(take(2).readUInt16BE()).toString()
    return all === '' ? [] : all.split(' ')
  }
  const issuedAt = body.readUIntBE(15, 6)
  const of = flags & OF_GRANT ? { grantId: take(12).toString('hex') } : { clientNumber: take(4).readUInt32BE() }
  const clientEpoch = take(5).readUIntBE(0, 5)
  return {
    id: body.toString('hex', 3, 15),
    issuedAt,
    expiresAt: issuedAt + body.readUIntBE(21, 3) * 1000,
    of,
    clientEpoch,
    ...(flags & WITH_SCOPES && { scopes: list() }),
    ...(flags & WITH_AUDIENCE && { audience: list() }),
  }
}

function uint(value: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  bytes.writeUIntBE(value, 0, length)
  return bytes
}

function listOf(items: readonly string[]): Buffer {
  const bytes = Buffer.from(items.join(' '))
  return Buffer.concat([uint(Math.min(bytes.length, 0xffff), 2), bytes])
}

const checksum = (body: string): string => base62Number(crc32(body), CHECKSUM_LENGTH)
