import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { issueTokens } from '../../src/core/oauth/issue-tokens.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { asClient, tokenRequest } from '../kit/acts.ts'
import { person, tokenOf } from '../kit/admin.ts'
import { api, application } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'

test('the id of a JWT is no secret: whoever knows it alone has nothing', async () => {
  await using server = await testServer()
  const { clientId, clientSecret } = await api(server)
  await createResource(server.world, OPERATOR, {
    audience: 'https://jwt.example',
    name: 'JWT',
    scopes: ['read'],
    tokenFormat: 'jwt',
  })
  const { client, secret } = await application(server.world)
  const { accessToken } = await issueTokens(
    server.world,
    asClient(client),
    tokenRequest('client_credentials', { resource: 'https://jwt.example' }),
  )
  const { jti } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { jti: string }
  const introspect = async (token: string) => {
    const answer = await fetch(`${server.url}/oauth2/introspect`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client.id}:${secret}`)}` },
      body: new URLSearchParams({ token }),
    })
    return (await answer.json()) as { active: boolean }
  }
  assert.equal((await introspect(accessToken)).active, true)
  assert.deepEqual(await introspect(`jti ${jti}`), { active: false })
  const verify = await fetch(`${server.url}/v1/verify`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ credential: `jti ${jti}` }),
  })
  assert.deepEqual(await verify.json(), { active: false, reason: 'unknown' })
})

test('nobody makes or renews a key in the name of somebody who may do more, however narrow it is', async () => {
  await using server = await testServer()
  const [boss, staff, plain] = [
    await person(server, 'boss', 'owner'),
    await person(server, 'staff', 'operator'),
    await person(server, 'plain'),
  ]
  const key = (owner: string) => ({ kind: 'api_key', name: 'k', owner_id: owner, scopes: ['read'] })
  assert.equal((await staff.ask('POST', '/v1/credentials', key(boss.user.id))).status, 403)
  assert.equal((await staff.ask('POST', '/v1/credentials', key(plain.user.id))).status, 201)

  await tokenOf(server, boss.user, ['read'])
  const { items } = await server.world.credentials.list(
    { userId: boss.user.id, kinds: ['application-token'] },
    { limit: 5 },
  )
  assert.equal((await staff.ask('POST', `/v1/credentials/${items[0]?.id}/rotate`, {})).status, 403)
  assert.equal((await boss.ask('POST', `/v1/credentials/${items[0]?.id}/rotate`, {})).status, 201)
})

test('nobody turns the answers of an application that may do more to an address of their own', async () => {
  await using server = await testServer()
  const staff = await person(server, 'staff', 'operator')
  const register = (scopes: string[]) =>
    registerClient(server.world, OPERATOR, {
      name: 'Backup',
      redirectUris: ['https://backup.example/cb'],
      scopes,
      type: 'public',
      source: 'operator',
    })
  const [mighty, harmless] = [await register(['keys:write']), await register(['read'])]
  const redirect = { redirect_uris: ['https://evil.example/cb'] }
  const refused = await staff.ask('PATCH', `/v1/clients/${mighty.client.id}`, redirect)
  assert.equal(refused.body['code'], 'scope-too-wide', refused.text)
  assert.equal((await staff.ask('PATCH', `/v1/clients/${mighty.client.id}`, { name: 'Old' })).status, 200)
  assert.equal((await staff.ask('PATCH', `/v1/clients/${harmless.client.id}`, redirect)).status, 200)
})
