import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Statement } from '../model/credentials/statement.ts'
import { ALPHABET, fromBase62, toBase62 } from './base62.ts'
import { inspectSecret } from './credential-format.ts'
import { LONGEST_LIFE_SECONDS, LONGEST_STATEMENT, openStatements } from './statement.ts'

const ISSUER = 'https://auth.example'
const secret = randomBytes(32)
function opened(issuer = ISSUER, keys = [{ number: 7, secret }]) {
  const statements = openStatements(() => issuer)
  statements.load(keys, keys[0]?.number ?? 0)
  return statements
}

const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map(bytes => Buffer.from(bytes).toString('hex'))
const words = fc.array(fc.stringMatching(/^[a-z:/.]{1,12}$/), { maxLength: 4 })
const statement: fc.Arbitrary<Statement> = fc
  .record(
    {
      id: hex(12),
      issuedAt: fc.integer({ min: 0, max: 2 ** 47 }),
      life: fc.integer({ min: 0, max: LONGEST_LIFE_SECONDS }),
      of: fc.oneof(
        hex(12).map(grantId => ({ grantId })),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(clientNumber => ({ clientNumber })),
      ),
      clientEpoch: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
      scopes: words,
      audience: words,
    },
    { requiredKeys: ['id', 'issuedAt', 'life', 'of', 'clientEpoch'] },
  )
  .map(({ life, ...rest }) => ({ ...rest, expiresAt: rest.issuedAt + life * 1000 }))

test('what was sealed is opened as it was, and a token is letters and digits that one double-click selects', () => {
  fc.assert(
    fc.property(statement, one => {
      const token = opened().seal(one)
      if (token === undefined) return
      assert.match(token, /^clv_at_[0-9A-Za-z]+$/)
      assert.ok(token.length <= LONGEST_STATEMENT)
      assert.deepEqual(opened().open(token), { is: 'sealed', statement: one })
    }),
  )
})

test('a character changed, added or taken away anywhere is never opened, and never an error', () => {
  const token = opened().seal({
    id: 'ab'.repeat(12),
    issuedAt: 1,
    expiresAt: 3_600_001,
    of: { clientNumber: 5 },
    clientEpoch: 9,
  }) as string
  const place = fc.integer({ min: 0, max: token.length })
  fc.assert(
    fc.property(
      place,
      fc.constantFrom('', ...ALPHABET, '_', '.', ' ', 'é', '\0'),
      fc.boolean(),
      (at, character, replaces) => {
        const changed = token.slice(0, at) + character + token.slice(at + (replaces ? 1 : 0))
        if (changed !== token) assert.notEqual(opened().open(changed).is, 'sealed')
      },
    ),
    { numRuns: 2000 },
  )
})

test('a byte changed under a right checksum is a forgery, whichever byte it is', () => {
  const token = opened().seal({
    id: 'ab'.repeat(12),
    issuedAt: 1,
    expiresAt: 3_600_001,
    of: { grantId: 'cd'.repeat(12) },
    clientEpoch: 9,
    scopes: ['read'],
  }) as string
  const bytes = fromBase62(token.slice('clv_at_'.length, -6)) as Buffer
  for (let at = 0; at < bytes.length; at++)
    for (const flip of [1, 0x80]) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ flip
      assert.notEqual(opened().open(withChecksum(changed)).is, 'sealed', `byte ${at}`)
    }
  assert.equal(opened().open(withChecksum(bytes)).is, 'sealed', 'the test itself writes checksums as the code does')
})

test('another installation, another key and another issuer do not open it', () => {
  const token = opened().seal({
    id: 'ab'.repeat(12),
    issuedAt: 1,
    expiresAt: 1,
    of: { clientNumber: 5 },
    clientEpoch: 0,
  }) as string
  assert.equal(opened(ISSUER, [{ number: 7, secret: randomBytes(32) }]).open(token).is, 'forged')
  assert.equal(opened(ISSUER, [{ number: 8, secret }]).open(token).is, 'unknown-key')
  assert.equal(opened('https://other.example').open(token).is, 'forged')
})

test('what would live longer than a day or be longer than columns of client libraries is not stated', () => {
  const base = { id: 'ab'.repeat(12), issuedAt: 0, of: { clientNumber: 5 }, clientEpoch: 0 }
  assert.equal(opened().seal({ ...base, expiresAt: (LONGEST_LIFE_SECONDS + 1) * 1000 }), undefined)
  assert.equal(opened().seal({ ...base, expiresAt: 1000, scopes: ['x'.repeat(200)] }), undefined)
  assert.equal(opened().seal({ ...base, expiresAt: 1000, scopes: ['x'.repeat(70_000)] }), undefined)
})

test('a stored secret and a statement are never mistaken for each other', () => {
  fc.assert(
    fc.property(statement, one => {
      const token = opened().seal(one)
      if (token !== undefined) assert.equal(inspectSecret(token).is, 'statement')
    }),
  )
})

test('bytes have one spelling in base 62', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), bytes =>
      assert.deepEqual(fromBase62(toBase62(bytes)), Buffer.from(bytes)),
    ),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Za-z]{0,40}$/), text => {
      const bytes = fromBase62(text)
      if (bytes) assert.equal(toBase62(bytes), text)
    }),
  )
})

function withChecksum(bytes: Uint8Array): string {
  const text = `clv_at_${toBase62(bytes)}`
  return text + checksum(text)
}
function checksum(text: string): string {
  let rest = crc(text)
  let out = ''
  for (let i = 0; i < 6; i++) {
    out = ALPHABET.charAt(rest % 62) + out
    rest = Math.floor(rest / 62)
  }
  return out
}
/** CRC-32 (ISO-HDLC) bit by bit, as a scanner of another language would. */
function crc(text: string): number {
  let value = 0xffffffff
  for (const byte of Buffer.from(text)) {
    value ^= byte
    for (let i = 0; i < 8; i++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
