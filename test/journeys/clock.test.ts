import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { person as member } from '../kit/admin.ts'
import { addClient, addUser, authorizeUrl, giveCode, isActive, pkce, redeem, refresh, signIn } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { issue } from '../kit/house.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* The machine's clock is set back by an hour. What was ended stays ended, and nobody waits for the clock to catch up. */

let server: TestServer
let app: RegisteredClient
let alice: User
const { verifier, challenge } = pkce()

before(async () => {
  server = await testServer({ CLAVIGER_LIMITS: 'on' })
  alice = await addUser(server.world)
  app = await addClient(server.world)
})
beforeEach(() => setClock(0))
after(() => server.stop())

test('a refresh token that was replaced is reuse afterwards, and ends its family', async () => {
  const first = await redeem(server.url, app, await giveCode(server.world, app.client, alice, challenge), verifier)
  const next = await refresh(server.url, app, first.refresh_token)
  setClock(-1)
  const again = await refresh(server.url, app, first.refresh_token)
  assert.deepEqual([again.status, again.error], [400, 'invalid_grant'])
  assert.equal((await refresh(server.url, app, next.refresh_token)).error, 'invalid_grant')
  assert.equal(await isActive(server.url, app, next.access_token), false)
})

test('a revoked credential stays revoked, also in what is listed', async () => {
  const { presented, credentialId } = await issue(server.world, 'api-key', alice)
  const ask = async () =>
    (await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${presented}` } })).status
  assert.equal(await ask(), 200)
  await revokeCredential(server.world, OPERATOR, { credentialId })
  setClock(-1)
  assert.equal(await ask(), 401)
  const boss = await member(server, 'watcher', 'owner')
  assert.equal((await boss.ask('GET', `/v1/credentials/${credentialId}`)).body['status'], 'revoked')
})

test('guesses from before keep nobody waiting longer than they would have', async () => {
  await addUser(server.world, 'bob')
  const sign = (password: string) =>
    fetch(`${server.url}/token`, { method: 'POST', body: new URLSearchParams({ username: 'bob', password }) })
  for (let i = 0; i < 10; i++) await sign(`guess ${i}`)
  setClock(-1)
  const waits = async () => {
    const answer = await sign('guess')
    assert.equal(answer.status, 429)
    assert.ok(Number(answer.headers.get('retry-after')) <= 30, String(answer.headers.get('retry-after')))
  }
  await waits()
  server = await server.restart() // a process that knows only what the database knows
  await waits()
})

test('a sign-in of the time to come is not a recent one: neither for the console nor for prompt and max_age', async () => {
  const boss = await member(server, 'boss', 'owner')
  const browser = person(server.url)
  await browser.visit('/login')
  await signIn(browser)
  setClock(-1)
  const rotated = await boss.ask('POST', '/v1/signing-keys')
  assert.deepEqual([rotated.status, rotated.body['code']], [401, 'login-required'])
  for (const more of [{ prompt: 'login' }, { max_age: '60' }]) {
    const { url, html } = await browser.visit(authorizeUrl(app.client.id, challenge, more))
    assert.equal(new URL(url).pathname, '/login', JSON.stringify(more))
    assert.match(html, /name="password"/)
  }
})

test('the key that was made last signs, though it looks older than the one before', async () => {
  const boss = await member(server, 'keeper', 'owner')
  await createResource(server.world, OPERATOR, {
    audience: 'https://jwt.example',
    name: 'API',
    scopes: ['read'],
    tokenFormat: 'jwt',
  })
  setClock(-1)
  const again = await member(server, 'keeper-again', 'owner')
  const { id } = (await again.ask('POST', '/v1/signing-keys')).body
  const { access_token = '' } = await redeem(
    server.url,
    app,
    await giveCode(server.world, app.client, alice, challenge, { resources: ['https://jwt.example'] }),
    verifier,
  )
  const [header = ''] = access_token.split('.')
  assert.equal(JSON.parse(Buffer.from(header, 'base64url').toString()).kid, id)
  const listed = (await boss.ask('GET', '/v1/signing-keys')).body['items'] as { id: string; algorithm: string }[]
  assert.equal(listed.find(({ algorithm }) => algorithm === 'ES256')?.id, id)
})
