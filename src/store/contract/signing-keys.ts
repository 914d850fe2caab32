import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SigningKey } from '../../ports/stores.ts'
import { countOf, entry, type Open, T0, times } from './samples.ts'

const aSigningKey = (id: string, fields: Partial<SigningKey> = {}): SigningKey => ({
  id,
  algorithm: 'ES256',
  publicJwk: { kid: id },
  sealedPrivateJwk: `sealed ${id}`,
  createdAt: T0,
  ...fields,
})

export function signingKeyPromises(open: Open): void {
  test('several processes that start at once make one signing key; a rotation retires it, a removed one is listed by the time at which it signed last', async () => {
    await using installation = await open()
    const again = await installation.again()
    const added = await Promise.all(
      times(10, i => (i % 2 ? installation : again).stores.signingKeys.add(aSigningKey(`k${i}`), 'if-none', entry())),
    )
    await again.engine.close()
    assert.equal(countOf(added, true), 1)
    const first = aSigningKey(`k${added.indexOf(true)}`)
    const { signingKeys } = installation.stores
    assert.deepEqual(await signingKeys.list(), [first])
    const next = aSigningKey('next', { createdAt: T0 + 5 })
    assert.equal(await signingKeys.add(next, 'always', entry({ at: T0 + 5 })), true)
    assert.deepEqual(await signingKeys.list(), [next, { ...first, retiredAt: T0 + 5 }])
    assert.equal(await signingKeys.remove(first.id, T0 + 9, entry()), true)
    assert.equal(await signingKeys.remove(first.id, T0 + 9, entry()), false)
    assert.deepEqual(await signingKeys.list(), [next])
    assert.deepEqual(await signingKeys.removed(T0 + 5), [{ ...first, retiredAt: T0 + 5, removedAt: T0 + 9 }])
    assert.deepEqual(await signingKeys.removed(T0 + 6), [])
  })

  test('one key of each algorithm signs: a new one retires those of its own algorithm and no other', async () => {
    await using installation = await open()
    const { signingKeys } = installation.stores
    const elliptic = aSigningKey('elliptic')
    const rsa = aSigningKey('rsa', { algorithm: 'RS256', createdAt: T0 + 1 })
    const newer = aSigningKey('newer', { algorithm: 'RS256', createdAt: T0 + 2 })
    for (const key of [elliptic, rsa]) assert.equal(await signingKeys.add(key, 'if-none', entry()), true)
    assert.equal(await signingKeys.add(newer, 'if-none', entry()), false)
    assert.deepEqual(await signingKeys.list(), [rsa, elliptic])
    assert.equal(await signingKeys.add(newer, 'always', entry({ at: T0 + 2 })), true)
    assert.deepEqual(await signingKeys.list(), [newer, elliptic, { ...rsa, retiredAt: newer.createdAt }])
  })
}
