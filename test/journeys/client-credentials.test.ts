import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainRequest } from '../../src/core/check/explain-request.ts'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addClient } from '../kit/cast.ts'
import { testServer } from '../kit/server.ts'

test('a client gets a token with its secret, its API finds it active, and a revoked one is not', async () => {
  await using server = await testServer()
  const { client, secret } = await registerClient(server.world, OPERATOR, {
    name: 'Nightly job',
    redirectUris: [],
    scopes: ['read'],
    type: 'confidential',
    source: 'operator',
  })
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: secret as string,
  })
  const post = (path: string, form: URLSearchParams) => fetch(server.url + path, { method: 'POST', body: form })

  const answer = await post('/oauth2/token', body)
  assert.equal(answer.status, 200)
  const tokens = (await answer.json()) as {
    access_token: string
    token_type: string
    expires_in: number
    scope: string
  }
  assert.equal(tokens.token_type, 'Bearer')
  assert.equal(tokens.expires_in, 3600)
  assert.equal(tokens.scope, 'read')

  const about = new URLSearchParams({
    client_id: client.id,
    client_secret: secret as string,
    token: tokens.access_token,
  })
  assert.equal(((await (await post('/oauth2/introspect', about)).json()) as { active: boolean }).active, true)
  assert.equal((await post('/oauth2/revoke', about)).status, 200)
  assert.deepEqual(await (await post('/oauth2/introspect', about)).json(), { active: false })
})

test('a wrong secret and an unknown client get byte-identical answers', async () => {
  await using server = await testServer()
  const { client } = await registerClient(server.world, OPERATOR, {
    name: 'Nightly job',
    redirectUris: [],
    scopes: [],
    type: 'confidential',
    source: 'operator',
  })
  const ask = async (id: string) => {
    const answer = await fetch(`${server.url}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: 'wrong' }),
    })
    return { status: answer.status, body: await answer.text() }
  }
  const [wrongSecret, unknownClient] = [await ask(client.id), await ask('nobody')]
  assert.equal(wrongSecret.status, 401)
  assert.deepEqual(wrongSecret, unknownClient)
})

test('a request for more than the client is registered for is explained by its reason; nobody is told to ask for what they have', async () => {
  await using server = await testServer()
  const { client, secret } = await addClient(server.world, { scopes: ['read'], grantTypes: ['client_credentials'] })
  const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: secret ?? '', scope: 'write' }
  const answer = await fetch(`${server.url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })
  assert.equal(answer.status, 400)
  await server.world.recorder.flush()
  const { refused } = await explainRequest(server.world, answer.headers.get('x-request-id') ?? '')
  assert.deepEqual(refused, { reason: 'scope-too-wide' })
})
