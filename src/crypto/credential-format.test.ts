import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspectSecret, mintSecret, orderedId, orderOf } from './credential-format.ts'
import { openVault } from './vault.ts'

const vault = openVault(new Uint8Array(32))
const TIME = 5

test('secrets made one after the other are found next to each other, and those of different secrets never collide', async () => {
  const made: string[] = []
  for (let i = 0; i < 5; i++) {
    made.push(mintSecret('at'))
    await new Promise(resolve => setTimeout(resolve, 45))
  }
  const places = made.map(vault.fingerprint)
  assert.deepEqual(places.toSorted(), places)
  for (const place of places) assert.match(place, /^[0-9a-f]{64}$/)
})

test('one character more or less, or another in any place, is another fingerprint', () => {
  const secret = mintSecret('key')
  const places = new Set([vault.fingerprint(secret)])
  for (let i = 0; i < secret.length; i++)
    places.add(vault.fingerprint(`${secret.slice(0, i)}${secret[i] === 'x' ? 'y' : 'x'}${secret.slice(i + 1)}`))
  places.add(vault.fingerprint(secret.slice(0, -1)))
  places.add(vault.fingerprint(`${secret}0`))
  assert.equal(places.size, secret.length + 3)
})

test('27 characters of a secret are random: no character of them stays the same', () => {
  const made = Array.from({ length: 400 }, () => mintSecret('at').slice('clv_at_'.length + TIME, -6))
  for (let i = 0; i < 27; i++) assert.ok(new Set(made.map(text => text[i])).size > 40, `place ${i}`)
  assert.equal(made[0]?.length, 27)
  assert.equal(inspectSecret(mintSecret('at')).is, 'intact')
})

test('what others made has no time in it, however it looks', () => {
  for (const foreign of [
    '',
    'clv',
    'clv_',
    'clv_at',
    'clv_at_',
    'clv_at_abc',
    'clv_at_ab-cd12',
    'jti ',
    'jti xyz',
    'abc.def.ghi',
    '12:3ab-0123456789abcdef0123',
  ])
    assert.equal(orderOf(foreign), '', foreign)
  assert.equal(vault.fingerprint('clv_at_').length, 64)
  assert.equal(orderOf(`jti ${orderedId()}`).length, 8)
})
