import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { openHmac } from './hmac.ts'

const bytes = (maxLength: number) => fc.uint8Array({ maxLength })

test('the HMAC of any message, with a key of any length, is the one that OpenSSL makes', () => {
  fc.assert(
    fc.property(bytes(200), fc.array(bytes(300), { maxLength: 3 }), (key, parts) => {
      const mac = openHmac(key)
      const expected = createHmac('sha256', key).update(Buffer.concat(parts)).digest()
      for (const time of ['first', 'second']) assert.deepEqual(mac(...parts), expected, time)
    }),
  )
})
