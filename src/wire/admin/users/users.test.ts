import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearer, clientToken, person, tokenOf } from '../../../../test/kit/admin.ts'
import { testServer } from '../../../../test/kit/server.ts'

test('users are listed for a client registered for users:read, and for nobody without that scope', async () => {
  await using server = await testServer()
  const { user } = await person(server, 'ada')
  const reader = bearer(server, await clientToken(server, ['users:read']))
  const list = await reader('GET', '/v1/users')
  assert.equal(list.status, 200)
  assert.deepEqual(
    (list.body['items'] as { handle: string }[]).map(({ handle }) => handle),
    ['ada'],
  )
  const other = bearer(server, await clientToken(server, ['read']))
  const refused = await other('GET', '/v1/users')
  assert.equal(refused.status, 403)
  assert.equal(refused.body['code'], 'scope-insufficient')
  assert.equal(refused.body['scope'], 'users:read')
  assert.match(refused.headers.get('www-authenticate') ?? '', /error="insufficient_scope", scope="users:read"/)
  assert.equal((await bearer(server, await tokenOf(server, user))('GET', '/v1/users')).status, 403)
})
