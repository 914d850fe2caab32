import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { KINDS } from '../model/credential.ts'
import { SECOND } from '../model/span.ts'
import { LONGEST_STATED, type Statement } from '../model/statement.ts'
import { base62Number, fromBase62, toBase62 } from './base62.ts'

/*
 * An access token that carries its own record: `clv_at_` + base 62 of the bytes below + 6 characters of CRC-32. The
 * server that sealed it needs no row to know what it says; what stopped being true stands in the revocation log.
 *
 *   byte  0      format (1)
 *         1-2    number of the key that sealed it
 *         3-14   id
 *        15-20   issued, milliseconds since the epoch
 *        21-23   life in seconds, at most a day
 *        24      what follows: a grant or a client, scopes, audiences
 *        25-...  grant id (12 bytes) or number of the client (4), epoch of the client (5),
 *                scopes and audiences (2 bytes of length, text with spaces) where they differ from those of the grant or client
 *        last 16 HMAC-SHA-256, cut, over purpose, issuer and everything before it
 *
 * No user id: it would link the pairwise subjects of one person (OpenID Connect Core section 8.1).
 */
const FORMAT = 1
const PREFIX = `clv_${KINDS['access-token'].mark}_`
const CHECKSUM_LENGTH = 6
const MAC_LENGTH = 16
const HEAD_LENGTH = 25
/** Columns of client libraries end there; what would be longer is stored instead. */
export const LONGEST_STATEMENT = 255
/** A row's secret has exactly this length, so no statement may. */
const ROW_SECRET_LENGTH = PREFIX.length + 38
/** By its look alone: our prefix, and another length than a stored secret. */
export const hasStatementShape = (presented: string): boolean =>
  presented.startsWith(PREFIX) && presented.length !== ROW_SECRET_LENGTH
export const LONGEST_LIFE_SECONDS = LONGEST_STATED / SECOND

const OF_GRANT = 1
const WITH_SCOPES = 2
const WITH_AUDIENCE = 4

/** Random and kept sealed beside the signing keys; never derived from the master key. `number` is 1 to 65535. */
export type StatementKey = { number: number; secret: Uint8Array }

export type Statements = {
  /** The token; `undefined` where it would be too long or live longer than a day: then it becomes a row. Throws without a key. */
  seal(statement: Statement): string | undefined
  /**
   * `foreign`: does not have the shape of a statement. `broken`: ours by its look, but mistyped or cut.
   * `unknown-key`: sealed by a key that is not loaded. `forged`: the key is known and did not seal this.
   */
  open(presented: string): Opened
  /** Replaces the keys: `sealing` seals from now on, all of them open. */
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
  // Lists are separated by spaces.
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

/** Of bytes whose seal was right, so they are as we wrote them. */
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
