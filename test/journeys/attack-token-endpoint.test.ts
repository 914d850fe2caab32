import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import type { User } from '../../src/model/users/user.ts'
import { type Asking, caller } from '../kit/call.ts'
import { addClient, addUser, giveCode, isActive, pkce, redeem, refresh } from '../kit/cast.ts'
import { api } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* What a client, or whoever plays one, could still do at the token, revocation and introspection endpoints. */

const STRICT = 'https://strict.example'
let server: TestServer
let app: RegisteredClient
let pocket: RegisteredClient
let alice: User
const { verifier, challenge } = pkce()

before(async () => {
  server = await testServer()
  alice = await addUser(server.world)
  const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const
  app = await addClient(server.world, { grantTypes: [...grantTypes] })
  pocket = await addClient(server.world, { type: 'public' })
  await api(server, STRICT, { strictAudience: true })
})
after(() => server.stop())

const post = (path: string, asking: Asking) => caller(server)('POST', `/oauth2/${path}`, asking)
const asApp = () => ({ client_id: app.client.id, client_secret: app.secret as string })
const codeFor = (by: RegisteredClient) => giveCode(server.world, by.client, alice, challenge)

test('a scope with characters that no scope has is refused by every grant, also where its beginning is covered', async () => {
  const { refresh_token } = await redeem(server.url, app, await codeFor(app), verifier)
  for (const strange of ['read:\r\nx-evil:1', 'read:"all"', 'read:ä', 'read:\\', `read:${'a'.repeat(200)}`]) {
    const own = await post('token', { form: { ...asApp(), grant_type: 'client_credentials', scope: strange } })
    assert.deepEqual([own.status, own.body['error']], [400, 'invalid_scope'], JSON.stringify(strange))
    assert.equal((await refresh(server.url, app, refresh_token, { scope: strange })).error, 'invalid_scope')
  }
})

test('a code that comes back after its own end still takes back everything it gave', async () => {
  const code = await codeFor(app)
  const tokens = await redeem(server.url, app, code, verifier)
  const { now } = server.world
  server.world.now = () => now() + 700_000
  try {
    assert.equal(await isActive(server.url, app, tokens.access_token), true)
    assert.equal((await redeem(server.url, app, code, verifier)).error, 'invalid_grant')
    assert.equal(await isActive(server.url, app, tokens.access_token), false)
  } finally {
    server.world.now = now
  }
})

test('a refresh token that was used and comes back after its own end still ends its family', async () => {
  const brief = await addClient(server.world, { policy: { refreshTokenSeconds: 100, accessTokenSeconds: 3600 } })
  const first = await redeem(server.url, brief, await codeFor(brief), verifier)
  const { now } = server.world
  try {
    server.world.now = () => now() + 90_000
    const second = await refresh(server.url, brief, first.refresh_token)
    server.world.now = () => now() + 120_000
    // The window is measured by the clock of the store, which stands still here.
    server.world.rules.refreshReplayMilliseconds = -1
    assert.equal((await refresh(server.url, brief, first.refresh_token)).error, 'invalid_grant')
    assert.equal(await isActive(server.url, brief, second.access_token), false)
    assert.equal((await refresh(server.url, brief, second.refresh_token)).error, 'invalid_grant')
  } finally {
    server.world.rules.refreshReplayMilliseconds = 10_000
    server.world.now = now
  }
})

test('whoever saw the code of a public client pass by cannot give it back in its name', async () => {
  const code = await codeFor(pocket)
  const given = await post('revoke', { form: { client_id: pocket.client.id, token: code } })
  assert.equal(given.status, 200)
  assert.equal((await redeem(server.url, pocket, code, verifier)).status, 200)
})

test('naming oneself is no proof: a public client is told nothing by introspection', async () => {
  const { access_token = '' } = await redeem(server.url, pocket, await codeFor(pocket), verifier)
  const told = await post('introspect', { form: { client_id: pocket.client.id, token: access_token } })
  assert.deepEqual([told.status, told.body['error']], [401, 'invalid_client'])
  assert.equal('active' in told.body, false)
})

test('a client_id in the body that is not the one of the Basic header is an invalid request', async () => {
  const headers = { authorization: `Basic ${btoa(`${app.client.id}:${app.secret}`)}` }
  const answer = await post('token', {
    form: { grant_type: 'client_credentials', client_id: pocket.client.id },
    headers,
  })
  assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_request'])
})

test('what was granted without naming an API never becomes a token for one that wants to be named', async () => {
  const code = await codeFor(app)
  assert.equal((await redeem(server.url, app, code, verifier, { resource: STRICT })).error, 'invalid_target')
  const { refresh_token } = await redeem(server.url, app, code, verifier)
  assert.equal((await refresh(server.url, app, refresh_token, { resource: STRICT })).error, 'invalid_target')
})

test('an error is described in the characters that RFC 6749 allows, whatever was sent', async () => {
  const { body } = await post('token', { form: { ...asApp(), grant_type: 'client_credentials', scope: 'admin' } })
  assert.match(String(body['error_description']), /admin/)
  assert.match(String(body['error_description']), /^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/)
})

const FORM = 'application/x-www-form-urlencoded'
/** As no browser and no fetch would send it. */
const odd = (path: string, headers: Record<string, string | string[]>, body: string) =>
  new Promise<{ status: number | undefined; location: string | undefined; text: string }>((resolve, reject) => {
    const asking = request(server.url, { method: 'POST', path, headers }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', part => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode, location: answer.headers.location, text }))
    })
    asking.on('error', reject).end(body)
  })

test('a body that can be read in two ways is read in none', async () => {
  const body = String(new URLSearchParams({ ...asApp(), grant_type: 'client_credentials' }))
  const token = (headers: Record<string, string | string[]>, more = '') => odd('/oauth2/token', headers, body + more)
  assert.equal((await token({ 'content-type': FORM })).status, 200)
  const unclear = [
    await token({ 'content-type': [FORM, 'application/json'] }),
    await token({ 'content-type': FORM, 'content-encoding': 'gzip' }),
    await token({ 'content-type': FORM }, '&note=%zz'),
    await token({ 'content-type': FORM }, '&note=%c0%ae'),
  ]
  for (const { status, text } of unclear) assert.deepEqual([status, JSON.parse(text).error], [400, 'invalid_request'])
})

test('a host in the request line leads nobody there', async () => {
  const headers = { 'content-type': FORM, 'sec-fetch-site': 'cross-site' }
  const { status, location } = await odd('http://evil.test/oauth2/authorize', headers, `client_id=${app.client.id}`)
  assert.deepEqual([status, location], [303, `/oauth2/authorize?client_id=${app.client.id}`])
})

test('TRACE is a method like any other that is not answered: 405, what is answered, and nothing of the request', async () => {
  for (const path of ['/oauth2/token', '/v1/whoami', '/oauth2/authorize']) {
    const asked = request(`${server.url}${path}`, { method: 'TRACE', headers: { authorization: 'Bearer told' } }).end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    assert.equal(answer.statusCode, 405, path)
    assert.match(answer.headers.allow ?? '', /GET|POST/)
    assert.doesNotMatch(await text(answer), /Bearer told/)
  }
})
