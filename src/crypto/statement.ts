import { timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { KINDS } from '../model/credentials/credential.ts'
import { LONGEST_STATED, type Statement } from '../model/credentials/statement.ts'
import { SECOND } from '../model/span.ts'
import { base62Number, fromBase62, toBase62 } from './base62.ts'
import { openHmac } from './hmac.ts'

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
/** A statement of more bytes than this has more than 255 characters. */
const MOST_BYTES = LONGEST_STATEMENT
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

type Mac = ReturnType<typeof openHmac>

export function openStatements(issuer: () => string): Statements {
  let keys = new Map<number, Mac>()
  let sealing: number | undefined

  let [boundTo, context]: [string?, Buffer?] = []

  /** Every seal covers the purpose and the issuer. The issuer changes only while the server starts to listen. */
  function macOf(mac: Mac, body: Uint8Array): Buffer {
    const now = issuer()
    if (context === undefined || now !== boundTo) [boundTo, context] = [now, Buffer.from(`access-token\0${now}\0`)]
    return mac(context, body).subarray(0, MAC_LENGTH)
  }

  return {
    load(next, first) {
      keys = new Map(next.map(({ number, secret }) => [number, openHmac(secret)]))
      sealing = keys.has(first) ? first : undefined
    },

    seal(statement) {
      const key = sealing === undefined ? undefined : keys.get(sealing)
      if (sealing === undefined || !key) throw new Error('no key for access tokens is loaded')
      const bytes = write(statement, sealing)
      if (!bytes) return undefined
      const end = bytes.length - MAC_LENGTH
      bytes.set(macOf(key, bytes.subarray(0, end)), end)
      const text = PREFIX + toBase62(bytes)
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

/** Writes all bytes but the HMAC; the buffer has room for it at the end. */
function write(statement: Statement, keyNumber: number): Buffer | undefined {
  const { of, scopes, audience } = statement
  const life = Math.ceil((statement.expiresAt - statement.issuedAt) / 1000)
  if (life < 0 || life > LONGEST_LIFE_SECONDS) return undefined
  // Scopes and audiences are joined with spaces, so no item may contain one.
  if (scopes?.some(isUnlistable) || audience?.some(isUnlistable)) return undefined
  const lists = [scopes, audience].flatMap(list => (list ? [list.join(' ')] : []))
  const room = lists.reduce((sum, list) => sum + 2 + Buffer.byteLength(list), HEAD_LENGTH + 12 + 5 + MAC_LENGTH)
  if (room > MOST_BYTES) return undefined
  const bytes = Buffer.allocUnsafe(room)
  bytes[0] = FORMAT
  bytes.writeUInt16BE(keyNumber, 1)
  bytes.write(statement.id, 3, 12, 'hex')
  bytes.writeUIntBE(statement.issuedAt, 15, 6)
  bytes.writeUIntBE(life, 21, 3)
  bytes[24] = ('grantId' in of ? OF_GRANT : 0) | (scopes ? WITH_SCOPES : 0) | (audience ? WITH_AUDIENCE : 0)
  let at = HEAD_LENGTH
  if ('grantId' in of) at += bytes.write(of.grantId, at, 12, 'hex')
  else at = bytes.writeUInt32BE(of.clientNumber, at)
  at = bytes.writeUIntBE(statement.clientEpoch, at, 5)
  for (const list of lists) {
    const length = bytes.write(list, at + 2)
    at = bytes.writeUInt16BE(length, at) + length
  }
  return bytes.subarray(0, at + MAC_LENGTH)
}

const isUnlistable = (item: string): boolean => item === '' || item.includes(' ')

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

const checksum = (body: string): string => base62Number(crc32(body), CHECKSUM_LENGTH)
