import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { person } from '../kit/admin.ts'
import { addClient, addUser, giveCode, pkce, redeem, refresh } from '../kit/cast.ts'
import { testServer } from '../kit/server.ts'

test('ending all credentials of somebody leaves no code behind that still turns into tokens', async () => {
  await using server = await testServer()
  const { world } = server
  const [user, app, boss] = [await addUser(world), await addClient(world), await person(server, 'boss', 'owner')]
  const { verifier, challenge } = pkce()
  const code = await giveCode(world, app.client, user, challenge)
  const ended = await boss.ask('POST', '/v1/credentials/revoke', { owner_id: user.id })
  assert.equal(ended.status, 200, ended.text)
  assert.equal((await redeem(server.url, app, code, verifier)).error, 'invalid_grant')
})

test('a client that was narrowed after the consent is told the scopes that its tokens really have, at redemption and refresh', async () => {
  await using server = await testServer()
  const { world } = server
  const [user, app] = [await addUser(world), await addClient(world)]
  const { verifier, challenge } = pkce()
  const code = await giveCode(world, app.client, user, challenge)
  await changeClient(world, OPERATOR, { clientId: app.client.id, scopes: ['read'] })
  const redeemed = await redeem(server.url, app, code, verifier)
  assert.deepEqual([redeemed.status, redeemed.scope], [200, 'read'])
  const refreshed = await refresh(server.url, app, redeemed.refresh_token)
  assert.deepEqual([refreshed.status, refreshed.scope], [200, 'read'])
})
