import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOf, entry, type Open, T0, times } from './samples.ts'

/** Gates of proxies. */
export function gatePromises(open: Open): void {
  test('of two gates with one name one is made, and each change and end of it is a line in the revocation log', async () => {
    await using installation = await open()
    const { gates, revocations } = installation.stores
    const gate = { name: 'orders', scopes: ['read'], profile: 'oauth', preflights: 'check', createdAt: T0 } as const
    const asks = times(5, () => gates.create({ ...gate, scopes: ['read'] }, entry()))
    assert.equal(countOf(await Promise.all(asks), 'created'), 1)
    assert.deepEqual(await gates.byName('orders'), gate)
    assert.equal(await gates.byName('Orders'), undefined)
    const audience = 'https://api.example'
    assert.deepEqual(await gates.change('orders', { audience, scopes: [] }, entry()), { ...gate, audience, scopes: [] })
    assert.equal((await gates.change('orders', { audience: null }, entry()))?.audience, undefined)
    assert.equal(await gates.change('nothing', { scopes: [] }, entry()), undefined)
    await gates.create({ ...gate, name: 'ask', scopes: [], profile: 'zebbra', preflights: 'pass-by-header' }, entry())
    assert.deepEqual(
      (await gates.list()).map(({ name }) => name),
      ['ask', 'orders'],
    )
    assert.equal((await gates.delete('orders', entry()))?.name, 'orders')
    assert.equal(await gates.delete('orders', entry()), undefined)
    assert.deepEqual(
      (await revocations.after(0, 10)).map(({ subject, subjectId, effect }) => [subject, subjectId, effect]),
      [
        ['gate', 'orders', 'changed'],
        ['gate', 'orders', 'changed'],
        ['gate', 'orders', 'revoked'],
      ],
    )
  })
}
