import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asClient, tokenRequest } from '../../../../test/kit/acts.ts'
import { person } from '../../../../test/kit/admin.ts'
import { application } from '../../../../test/kit/house.ts'
import { testServer } from '../../../../test/kit/server.ts'
import { verifyCredential } from '../../../core/check/verify-credential.ts'
import { issueTokens } from '../../../core/oauth/issue-tokens.ts'
import { changeUser } from '../../../core/users/change-user.ts'
import { OPERATOR, SYSTEM } from '../../../model/users/actor.ts'

test('staff hand an application over: it leaves one list, stands in the other, and falls with its new owner only', async () => {
  await using server = await testServer()
  const { world } = server
  const [staff, leaving, heir] = [
    await person(server, 'root', 'owner'),
    await person(server, 'leaving'),
    await person(server, 'heir'),
  ]
  const { client } = await application(world, ['read'], leaving.user.id)
  const ask = tokenRequest('client_credentials', { scope: 'read' })
  const { accessToken } = await issueTokens(world, asClient(client), ask)
  const works = async () =>
    (await verifyCredential(world, SYSTEM, { audience: '', presented: { secret: accessToken } })).active

  const changed = await staff.ask('PATCH', `/v1/clients/${client.id}`, { owner_id: heir.user.id })
  assert.equal(changed.status, 200, changed.text)
  assert.equal((changed.body['owner'] as { id: string }).id, heir.user.id)
  const ids = ({ body }: { body: Record<string, unknown> }) => (body['items'] as { id: string }[]).map(one => one.id)
  assert.deepEqual(ids(await leaving.ask('GET', '/v1/clients?owner=me')), [])
  assert.deepEqual(ids(await heir.ask('GET', '/v1/clients?owner=me')), [client.id])
  assert.equal((await leaving.ask('GET', `/v1/clients/${client.id}`)).status, 404)

  await changeUser(world, OPERATOR, { userId: leaving.user.id, active: false })
  assert.equal(await works(), true)
  await changeUser(world, OPERATOR, { userId: heir.user.id, active: false })
  assert.equal(await works(), false)

  const journal = await staff.ask('GET', `/v1/journal?client=${client.id}&limit=50`)
  const entry = (journal.body['items'] as { event: string; detail?: Record<string, unknown> }[]).find(
    one => one.event === 'changed',
  )
  assert.deepEqual(
    [entry?.detail?.['owner'], entry?.detail?.['formerOwner']],
    [heir.user.id, leaving.user.id],
    journal.text.slice(0, 2000),
  )
})

test('nobody without clients:write hands an application over, not even their own; nothing changes', async () => {
  await using server = await testServer()
  const [dev, friend] = [await person(server, 'dev'), await person(server, 'friend')]
  const { client } = await application(server.world, ['read'], dev.user.id)
  const path = `/v1/clients/${client.id}`
  assert.equal((await dev.ask('PATCH', path, { owner_id: friend.user.id })).status, 403)
  assert.equal((await friend.ask('PATCH', path, { owner_id: 'me' })).status, 404)
  assert.equal((await server.world.clients.byId(client.id))?.ownerId, dev.user.id)
})

test('staff take no application that may do more than they may hand out', async () => {
  await using server = await testServer()
  const narrow = await person(server, 'narrow', 'admin', { scopes: ['clients:write', 'read'] })
  const { client } = await application(server.world, ['read', 'write'])
  const answer = await narrow.ask('PATCH', `/v1/clients/${client.id}`, { owner_id: 'me' })
  assert.deepEqual([answer.status, answer.body['code']], [400, 'scope-too-wide'])
})

test('an application goes to nobody who is unknown or disabled, and what belongs to a resource server to nobody', async () => {
  await using server = await testServer()
  const { world } = server
  const staff = await person(server, 'root', 'owner')
  const gone = await person(server, 'gone')
  await changeUser(world, OPERATOR, { userId: gone.user.id, active: false })
  const { client } = await application(world, ['read'])
  const path = `/v1/clients/${client.id}`
  assert.equal((await staff.ask('PATCH', path, { owner_id: 'f'.repeat(24) })).status, 404)
  assert.equal((await staff.ask('PATCH', path, { owner_id: gone.user.id })).status, 409)
  const made = await staff.ask('POST', '/v1/resource-servers', { audience: 'https://a.example', name: 'A' })
  const { id } = made.body['resource_server'] as { id: string }
  assert.equal((await staff.ask('PATCH', `/v1/clients/${id}`, { owner_id: 'me' })).status, 409)
})
