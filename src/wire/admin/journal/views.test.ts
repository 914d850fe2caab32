import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearer, person, tokenOf } from '../../../../test/kit/admin.ts'
import { testServer } from '../../../../test/kit/server.ts'

test('saved views are the own ones alone, replaced under the same name, and go with their user', async () => {
  await using server = await testServer()
  const [ada, bob] = [await person(server, 'ada', 'auditor'), await person(server, 'bob', 'owner')]
  const name = encodeURIComponent('Keys nobody uses')
  const put = (query: string) => ada.ask('PUT', `/v1/views/${name}`, { page: 'credentials', query })
  assert.equal((await put('kind=api_key')).status, 200)
  assert.deepEqual((await put('kind=api_key&status=unused')).body['query'], 'kind=api_key&status=unused')
  const namesOf = async (who: typeof ada) =>
    ((await who.ask('GET', '/v1/views')).body['items'] as { name: string }[]).map(view => view.name)
  assert.deepEqual([await namesOf(ada), await namesOf(bob)], [['Keys nobody uses'], []])
  assert.equal((await bob.ask('DELETE', `/v1/views/${name}`)).status, 404)
  assert.equal((await bob.ask('DELETE', `/v1/users/${ada.user.id}`)).status, 200)
  assert.deepEqual(await server.world.views.ofUser(ada.user.id), [])
})

test('a secret is not kept in a view, and fifty views are enough', async () => {
  await using server = await testServer()
  const ada = await person(server, 'ada', 'owner')
  const secret = await tokenOf(server, ada.user)
  const refused = await ada.ask('PUT', '/v1/views/mine', { page: 'credentials', query: `q=${secret}` })
  assert.deepEqual([refused.status, refused.text.includes(secret)], [400, false])
  for (let i = 0; i < 50; i++) {
    const kept = await ada.ask('PUT', `/v1/views/v${i}`, { page: 'users', query: 'role=admin' })
    assert.equal(kept.status, 200)
  }
  assert.equal((await ada.ask('PUT', '/v1/views/v50', { page: 'users', query: '' })).status, 409)
  assert.equal((await ada.ask('PUT', '/v1/views/v49', { page: 'users', query: '' })).status, 200)
  assert.equal((await bearer(server, secret)('GET', '/v1/views')).status, 403)
})
