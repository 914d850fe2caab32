import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearer, person, tokenOf } from '../../../../test/kit/admin.ts'
import { testServer } from '../../../../test/kit/server.ts'

test('staff make a user/token pair for a user, good for the days they say or until it is revoked', async () => {
  await using server = await testServer()
  const { user: admin } = await person(server, 'ada', 'admin')
  const { user } = await person(server, 'bob')
  const staff = bearer(server, await tokenOf(server, admin))
  const make = (more: object) =>
    staff('POST', '/v1/credentials', { kind: 'token_pair', name: 'Phone', owner_id: user.id, ...more })
  const open = async (secret: unknown) => (await fetch(`${server.url}/token/${secret}/${user.number}.json`)).status

  const always = await make({ days: null })
  assert.equal(always.status, 201, JSON.stringify(always.body))
  const made = always.body['credential'] as { id: string; kind: string; expires_at: string | null }
  assert.deepEqual([made.kind, made.expires_at], ['token_pair', null])
  assert.equal(await open(always.body['secret']), 200)
  const week = (await make({})).body['credential'] as { expires_at: string | null }
  assert.ok(week.expires_at)
  assert.equal((await make({ scopes: ['read'] })).status, 400)

  assert.equal((await staff('POST', `/v1/credentials/${made.id}/revoke`, {})).status, 200)
  assert.equal(await open(always.body['secret']), 401)
})
