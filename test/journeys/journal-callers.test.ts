import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { bearer, person, tokenOf } from '../kit/admin.ts'
import { caller } from '../kit/call.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { api } from '../kit/house.ts'
import { mastodonClient } from '../kit/mastodon.ts'
import { testServer } from '../kit/server.ts'
import { zebbraClient } from '../kit/zebbra.ts'

/* The caller passes, and what it asks for is refused: the journal then names the caller, in every interface alike. */

const server = await testServer()
after(() => server.stop())
const { world, url } = server
const call = caller(server)

/** The ids that the journal has for a refused request. */
async function concerned(status: number, answer: { status: number; headers: Headers }): Promise<object> {
  assert.equal(answer.status, status)
  await world.recorder.flush()
  const requestId = answer.headers.get('x-request-id') ?? ''
  const { items } = await world.journal.list({ event: 'refused', requestId }, { limit: 2 })
  const [{ userId, clientId, credentialId } = {}, second] = items
  assert.equal(items.length > 0 && second === undefined, true, 'one entry for one request')
  return { ...(userId && { userId }), ...(clientId && { clientId }), ...(credentialId && { credentialId }) }
}
const idOf = async (secret: string): Promise<string | undefined> =>
  (await world.credentials.findAny(world.vault.fingerprint(secret)))?.id

test('a client at the token endpoint', async () => {
  const { client, secret = '' } = await addClient(world)
  const form = { client_id: client.id, client_secret: secret, grant_type: 'nonsense' }
  assert.deepEqual(await concerned(400, await call('POST', '/oauth2/token', { form })), { clientId: client.id })
  const json = { client_id: client.id, client_secret: secret, grant_type: 'nonsense' }
  assert.deepEqual(await concerned(400, await call('POST', '/oauth/token', { json })), { clientId: client.id })
})

test('a resource server at the check', async () => {
  const { clientId, clientSecret } = await api(server)
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  const asking = { json: { scopes: 3 }, headers: { authorization: `Basic ${basic}` } }
  assert.deepEqual(await concerned(400, await call('POST', '/v1/verify', asking)), { clientId })
})

test('a person signed in to the console, and a credential with its owner and client', async () => {
  const boss = await person(server, 'boss', 'admin')
  const wrong = { handle: '' }
  assert.deepEqual(await concerned(400, await boss.ask('POST', '/v1/users', wrong)), { userId: boss.user.id })
  const token = await tokenOf(server, boss.user, ['users:write'])
  assert.deepEqual(await concerned(400, await bearer(server, token)('POST', '/v1/users', wrong)), {
    userId: boss.user.id,
    credentialId: await idOf(token),
  })
})

test('a signed-in person at a page', async () => {
  const ann = await person(server, 'ann')
  const mark = 'b'.repeat(32)
  const answer = await call('POST', '/account/tokens/revoke', {
    form: { csrf: world.vault.mac('csrf', `user ${ann.user.id} ${mark}`) },
    headers: { cookie: `${ann.cookie}; claviger-browser=${mark}` },
  })
  assert.deepEqual(await concerned(400, answer), { userId: ann.user.id })
})

test('a token of the Mastodon family', async () => {
  const mastodon = mastodonClient(server)
  const user = await addUser(world, 'toot')
  const app = await mastodon.register()
  const token = await mastodon.userToken(app, 'toot')
  const answer = await mastodon.call('POST', '/api/v1/user/password_change', { token, json: {} })
  assert.deepEqual(await concerned(400, answer), {
    userId: user.id,
    clientId: app.client_id,
    credentialId: await idOf(token),
  })
})

test('a user token of Zebbra', async () => {
  const { token, _id } = await zebbraClient(server).member()
  const answer = await call('POST', '/user?username=nobody', { bearer: token })
  const { credentialId, ...rest } = (await concerned(422, answer)) as Record<string, string>
  assert.deepEqual(rest, { userId: _id })
  assert.match(String(credentialId), /^[0-9a-f]{24}$/)
})

test('where the caller proved nothing and names nothing there is no entry', async () => {
  const answer = await fetch(`${url}/login`, { method: 'POST', body: new URLSearchParams({ username: 'ann' }) })
  assert.equal(answer.status, 403)
  await world.recorder.flush()
  const requestId = answer.headers.get('x-request-id') ?? ''
  assert.deepEqual((await world.journal.list({ requestId }, { limit: 2 })).items, [])
})
