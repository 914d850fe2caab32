import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../../../../test/kit/admin.ts'
import { testServer } from '../../../../test/kit/server.ts'

test('a gate is made, read, changed and deleted, and each answer says where a proxy asks', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'admin')
  const body = { name: 'orders', audience: 'https://orders.example', scopes: ['read'], preflights: 'pass-by-method' }
  const made = await ask('POST', '/v1/gates', body)
  assert.equal(made.status, 201, made.text)
  assert.equal(made.headers.get('location'), '/v1/gates/orders')
  assert.equal(made.body['address'], `${server.url}/forward-auth/gates/orders`)
  assert.equal(made.body['profile'], 'oauth')
  assert.equal((await ask('POST', '/v1/gates', body)).status, 409)
  const changed = await ask('PATCH', '/v1/gates/orders', { audience: null, scopes: ['read', 'write'] })
  assert.deepEqual(changed.body, { ...made.body, audience: null, scopes: ['read', 'write'] })
  assert.deepEqual((await ask('GET', '/v1/gates/orders')).body, changed.body)
  assert.deepEqual((await ask('GET', '/v1/gates')).body, { items: [changed.body] })
  assert.equal((await ask('DELETE', '/v1/gates/orders')).status, 200)
  for (const method of ['GET', 'PATCH', 'DELETE']) {
    const gone = await ask(method, '/v1/gates/orders', method === 'PATCH' ? {} : undefined)
    assert.equal(gone.status, 404, method)
    assert.equal(gone.body['detail'], 'There is no gate "orders".')
  }
})

test('a name that a proxy could encode, decode or take for a dot segment is refused, and so is what no check could meet', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'admin')
  for (const name of ['', '.', '..', '-x', 'a/b', 'a b', 'a%20b', 'ä', 'a;b', 'a?b', 'a#b', 'x'.repeat(65), 'a\n']) {
    const answer = await ask('POST', '/v1/gates', { name })
    assert.equal(answer.status, 400, JSON.stringify(name))
    assert.equal(answer.body['parameter'], 'name', JSON.stringify(name))
  }
  for (const more of [
    { audience: 'orders' },
    { scopes: ['a b'] },
    { profile: 'none' },
    { preflights: 'pass' },
    { x: 1 },
  ])
    assert.equal((await ask('POST', '/v1/gates', { name: 'a', ...more })).status, 400, JSON.stringify(more))
  for (const name of ['a', 'A.b_c~d-9', '0', 'x'.repeat(64)])
    assert.equal((await ask('POST', '/v1/gates', { name })).status, 201, name)
})
