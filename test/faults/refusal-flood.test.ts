import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { MINUTE } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { JournalFilter } from '../../src/ports/stores.ts'
import { bearer, person } from '../kit/admin.ts'
import { addClient, addUser, authorizeUrl, giveCode, pkce, redeem, refresh, signIn } from '../kit/cast.ts'
import { api, issue } from '../kit/house.ts'
import { person as visitor } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Anybody can be refused as often as they like. That must cost neither disk nor the entries of others. */

let server: TestServer
const { challenge } = pkce()
before(async () => {
  server = await testServer()
  // Whole minutes, so that none ends between two requests.
  const from = Math.ceil(Date.now() / MINUTE) * MINUTE
  server.world.now = () => from
})
after(() => server.stop())

const nextMinute = () => {
  const { now } = server.world
  server.world.now = () => now() + MINUTE
}
async function entries(filter: JournalFilter = {}) {
  await server.world.recorder.flush()
  return (await server.world.journal.list(filter, { limit: 200 })).items
}
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

/** What a stranger can send: nothing of it names anything that is known here. */
const STRANGE: Record<string, (i: number) => Promise<Response>> = {
  'an authorization request of no client': i => fetch(server.url + authorizeUrl(`client-${i}`, challenge)),
  'a client that is not known': i => post('/oauth2/token', { client_id: `x${i}`, client_secret: 'y', grant_type: 'z' }),
  'a client that is not known, to the older system': i =>
    post('/oauth/token', { client_id: `x${i}`, client_secret: 'y', grant_type: 'client_credentials' }),
  'a resource server that is not known': i => post('/v1/verify', {}, basic(`x${i}`, 'y')),
  'a credential that was never issued': i =>
    fetch(`${server.url}/v1/users`, { headers: { authorization: `Bearer made-up-${i}` } }),
  'a credential that was never issued, asked about': i =>
    fetch(`${server.url}/v1/whoami`, { headers: { 'x-api-key': `made-up-${i}` } }),
  'a token of the older system that was never issued': i =>
    fetch(`${server.url}/api/v1/accounts/verify_credentials`, { headers: { authorization: `Bearer made-up-${i}` } }),
  'a user token that was never issued': i =>
    fetch(`${server.url}/user`, { headers: { authorization: `Bearer made-up-${i}` } }),
  'a pair that was never issued': i => fetch(`${server.url}/token/${String(i).padStart(24, '0')}/1.json`),
  'no credential at all': () => fetch(`${server.url}/v1/users`),
  'a form without its cookie': () => post('/login', { username: 'x', password: 'y' }),
  'a form of another site': () => post('/consent', {}, { origin: 'https://evil.example' }),
  'a registration that lacks everything': () => post('/api/v1/apps', {}),
  'a body that cannot be read': () => fetch(`${server.url}/register`, { method: 'POST', body: '{' }),
}

for (const [what, send] of Object.entries(STRANGE))
  test(`${what} is counted, and leaves no row however often it comes`, async () => {
    const before = await entries()
    const counted = () => [...server.world.recorder.refusals().values()].reduce((sum, one) => sum + one, 0)
    const earlier = counted()
    for (let i = 0; i < 20; i++) {
      const answer = await send(i)
      await answer.body?.cancel()
      assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`)
    }
    assert.deepEqual(await entries(), before)
    assert.equal(counted() - earlier, 20)
  })

test('sign-ins with names that are not known are counted, those of an account are one entry a minute', async () => {
  await addUser(server.world)
  const who = visitor(server.url)
  await who.visit('/login')
  for (let i = 0; i < 3; i++) await who.submit({ username: `x${i}`, password: 'y' })
  assert.deepEqual(await entries({ event: 'sign-in-failed' }), [])
  for (let i = 0; i < 3; i++) await who.submit({ username: 'alice', password: 'y' })
  assert.equal((await entries({ event: 'sign-in-failed' })).length, 1)
  nextMinute()
  await who.submit({ username: 'alice', password: 'y' })
  assert.equal((await entries({ event: 'sign-in-failed' })).length, 2)
  assert.equal(server.world.recorder.refusals().get('login-failed'), 7)
  assert.match(
    await (await fetch(`${server.url}/metrics`)).text(),
    /claviger_refusals_total\{reason="login-failed"\} 7\n/,
  )
})

test('refusals of a known client are one entry for each reason and minute, and all of them are counted', async () => {
  const { client, secret } = await addClient(server.world)
  const of = { clientId: client.id, event: 'refused' } as const
  const ask = async () => {
    for (let i = 0; i < 5; i++) {
      for (const more of [{ scope: 'never-registered' }, { response_type: 'token' }])
        await visitor(server.url).visit(authorizeUrl(client.id, challenge, more))
      const form = {
        client_id: client.id,
        client_secret: secret ?? '',
        grant_type: 'authorization_code',
        code: `c${i}`,
      }
      assert.equal((await post('/oauth2/token', form)).status, 400)
      assert.equal((await post('/oauth2/token', { ...form, client_secret: 'wrong' })).status, 401)
    }
    return (await entries(of)).map(({ reason }) => reason).toSorted()
  }
  const REASONS = ['client-proof-wrong', 'code-unknown', 'response-type-unsupported', 'scope-too-wide']
  assert.deepEqual(await ask(), REASONS)
  nextMinute()
  assert.deepEqual(await ask(), [...REASONS, ...REASONS].toSorted())
})

test('a spent code or refresh token that comes back ends its grant once, and is one entry a minute from then on', async () => {
  const { world, url } = server
  const by = await addClient(world)
  const { verifier, challenge } = pkce()
  const code = await giveCode(world, by.client, await addUser(world, 'ray'), challenge)
  const first = await redeem(url, by, code, verifier)
  const before = (await entries({ clientId: by.client.id })).length
  for (let i = 0; i < 10; i++) {
    assert.equal((await redeem(url, by, code, verifier)).status, 400)
    assert.equal((await refresh(url, by, first.refresh_token)).status, 400)
  }
  const since = (await entries({ clientId: by.client.id })).slice(0, -before)
  assert.deepEqual(since.map(({ event, reason }) => `${event} ${reason}`).toSorted(), [
    'refused code-spent',
    'refused grant-revoked',
    'reuse-detected code-spent',
  ])
})

test('of a known credential each reason and each API that asks has its entry, and explains itself', async () => {
  const { world } = server
  const user = await addUser(world, 'kay')
  const key = await issue(world, 'api-key', user)
  await revokeCredential(world, OPERATOR, { credentialId: key.credentialId })
  const apis = [await api(server, 'https://one.example'), await api(server, 'https://two.example')]
  const staff = await person(server, 'sam', 'support')
  for (const { clientId, clientSecret } of apis)
    for (let i = 0; i < 4; i++) {
      const headers = { ...basic(clientId, clientSecret), 'content-type': 'application/json' }
      const body = JSON.stringify({ credential: key.presented })
      const answer = await fetch(`${server.url}/v1/verify`, { method: 'POST', headers, body })
      if (i > 0) continue
      await world.recorder.flush()
      const explained = await staff.ask('POST', '/v1/explain', { request_id: answer.headers.get('x-request-id') })
      assert.equal(explained.body['reason'], 'revoked')
    }
  const kept = await entries({ credentialId: key.credentialId, event: 'refused' })
  assert.deepEqual(kept.map(({ actor }) => actor).toSorted(), apis.map(({ clientId }) => clientId).toSorted())
})

test('entries of changes, sign-ins and first uses are all there, whatever is refused meanwhile', async () => {
  const { world, url } = server
  const { client } = await addClient(world)
  const boss = await person(server, 'boss', 'admin')
  const before = (await entries()).length
  let done = false
  const flood = async () => {
    for (let i = 0; !done; i++) {
      await Promise.all([
        fetch(url + authorizeUrl(client.id, challenge, { scope: `never-${i}` }), { redirect: 'manual' }),
        fetch(url + authorizeUrl(client.id, challenge, { redirect_uri: `https://evil.example/${i}` })),
        bearer(server, `made-up-${i}`)('GET', '/v1/users'),
        post('/oauth2/token', { client_id: client.id, client_secret: `wrong-${i}`, grant_type: 'x' }),
      ])
    }
  }
  const flooding = flood()
  const made = []
  for (let i = 0; i < 20; i++) made.push(await boss.ask('POST', '/v1/clients', { name: `App ${i}` }))
  const who = visitor(url)
  await who.visit('/login')
  await signIn(who)
  done = true
  await flooding
  assert.ok(made.every(({ status }) => status === 201))
  const all = (await entries()).slice(0, (await entries()).length - before)
  assert.equal(all.filter(({ event, about }) => event === 'created' && about === 'client').length, 20)
  assert.equal(all.filter(({ event }) => event === 'signed-in').length, 1)
  const refused = all.filter(({ event }) => event === 'refused')
  assert.deepEqual(refused.map(({ reason }) => reason).toSorted(), [
    'client-proof-wrong',
    'redirect-not-registered',
    'scope-too-wide',
  ])
})
