import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../../../../test/kit/admin.ts'
import { testServer } from '../../../../test/kit/server.ts'

test('what people register waits until staff looked at it, and again when they change it; nobody approves their own', async () => {
  await using server = await testServer()
  const [staff, dev] = [await person(server, 'staff', 'admin'), await person(server, 'dev')]
  const waiting = async () =>
    ((await staff.ask('GET', '/v1/clients?review=waiting')).body['items'] as { id: string }[]).map(({ id }) => id)
  const app = { name: 'Mine', redirect_uris: ['https://app.example/cb'] }
  await staff.ask('POST', '/v1/clients', { ...app, name: 'House' })
  const made = (await dev.ask('POST', '/v1/clients', app)).body['client'] as { id: string; reviewed_at: null }
  assert.deepEqual([made.reviewed_at, await waiting()], [null, [made.id]])

  const at = `/v1/clients/${made.id}`
  assert.equal((await dev.ask('PATCH', at, { reviewed: true })).status, 403)
  assert.equal(typeof (await staff.ask('PATCH', at, { reviewed: true })).body['reviewed_at'], 'number')
  assert.deepEqual(await waiting(), [])
  assert.equal((await staff.ask('PATCH', at, { name: 'Theirs' })).status, 200)
  assert.deepEqual(await waiting(), [])
  assert.equal((await dev.ask('PATCH', at, { redirect_uris: ['https://other.example/cb'] })).status, 200)
  assert.deepEqual(await waiting(), [made.id])
  assert.equal((await staff.ask('PATCH', at, { active: false })).status, 200)
  assert.deepEqual(await waiting(), [])
})
