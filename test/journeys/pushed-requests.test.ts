import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as client from 'openid-client'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { addClient, addUser, CALLBACK, pkce, redeem, signedIn, signIn } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* RFC 9126: the request is sent ahead by the client, and the browser carries a reference to it. */

let server: TestServer
let app: RegisteredClient
before(async () => {
  server = await testServer()
  await addUser(server.world)
  app = await addClient(server.world)
})
after(() => server.stop())

const { verifier, challenge } = pkce()
const REQUEST = {
  response_type: 'code',
  redirect_uri: CALLBACK,
  scope: 'read',
  state: 'xyz',
  code_challenge: challenge,
  code_challenge_method: 'S256',
}
type Pushed = { status: number; request_uri?: string; expires_in?: number; error?: string; error_description?: string }
async function push(more: Record<string, string> = {}, by = app, at = server): Promise<Pushed> {
  const proof = { client_id: by.client.id, ...(by.secret && { client_secret: by.secret }) }
  const body = new URLSearchParams({ ...proof, ...REQUEST, ...more })
  const answer = await fetch(`${at.url}/oauth2/par`, { method: 'POST', body })
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  return { status: answer.status, ...((await answer.json()) as object) }
}
const use = (requestUri = '', clientId = app.client.id, more = {}) =>
  `/oauth2/authorize?${new URLSearchParams({ client_id: clientId, request_uri: requestUri, ...more })}`
for (const type of ['confidential', 'public'] as const)
  test(`openid-client, ${type}: a pushed request becomes tokens`, async () => {
    const by = await addClient(server.world, { type })
    const proof = by.secret ? client.ClientSecretBasic(by.secret) : client.None()
    const config = await client.discovery(new URL(server.url), by.client.id, by.secret, proof, {
      algorithm: 'oauth2',
      execute: [client.allowInsecureRequests],
    })
    const { response_type: _, ...asked } = REQUEST
    const to = await client.buildAuthorizationUrlWithPAR(config, asked)
    assert.deepEqual([...to.searchParams.keys()].sort(), ['client_id', 'request_uri'])
    const who = person(server.url)
    await who.visit(to.href)
    await signIn(who)
    const { sentTo } = await who.submit({ decision: 'allow' })
    const pkceCodeVerifier = verifier
    const tokens = await client.authorizationCodeGrant(config, sentTo as URL, {
      pkceCodeVerifier,
      expectedState: 'xyz',
    })
    assert.equal(tokens.scope, 'read')
  })

test('what came through the browser beside the reference does not count', async () => {
  const { request_uri } = await push()
  const who = await signedIn(server.url)
  await who.visit(
    use(request_uri, app.client.id, { scope: 'write', state: 'other', redirect_uri: 'https://evil.example/' }),
  )
  const { sentTo } = await who.submit({ decision: 'allow' })
  assert.equal(`${sentTo?.origin}${sentTo?.pathname}`, CALLBACK)
  assert.equal(sentTo?.searchParams.get('state'), 'xyz')
  const tokens = await redeem(server.url, app, sentTo?.searchParams.get('code') ?? '', verifier)
  assert.equal(tokens.scope, 'read')
})

test('mistakes are said where the request is pushed: every check of the browser request, before any browser', async () => {
  const stranger = await addClient(server.world, { redirectUris: ['https://other.example/'] })
  const wrong: [Record<string, string>, string, RegExp][] = [
    [{ redirect_uri: 'https://evil.example/' }, 'invalid_request', /redirect/i],
    [{ scope: 'admin' }, 'invalid_scope', /scope/i],
    [{ resource: 'https://unknown.example' }, 'invalid_target', /./],
    [{ response_type: 'token' }, 'unsupported_response_type', /./],
    [{ code_challenge: '', code_challenge_method: '' }, 'invalid_request', /PKCE/],
    [{ request: 'eyJ' }, 'invalid_request_object', /request/],
    [{ request_uri: 'https://app.example/request' }, 'invalid_request', /request_uri/],
    [{ request_uri: (await push()).request_uri ?? '' }, 'invalid_request', /request_uri/],
    [{ client_id: stranger.client.id }, 'invalid_client', /./],
    [{ client_secret: 'wrong' }, 'invalid_client', /./],
    [{ state: 'x'.repeat(8000) }, 'invalid_request', /too long/],
  ]
  for (const [more, error, text] of wrong) {
    const answer = await push(more)
    assert.deepEqual([answer.status >= 400, answer.error], [true, error], JSON.stringify(more).slice(0, 80))
    assert.match(answer.error_description ?? '', text)
    assert.equal(answer.request_uri, undefined)
  }
})

test('a reference is good for the client that pushed it, unchanged, and once', async () => {
  const other = await addClient(server.world)
  const { request_uri = '', expires_in, status } = await push({ prompt: 'consent' })
  assert.deepEqual([status, expires_in], [201, 90])
  const who = await signedIn(server.url)
  const changed = `${request_uri.slice(0, -1)}${request_uri.endsWith('A') ? 'B' : 'A'}`
  for (const url of [use(request_uri, other.client.id), use(changed), use('urn:ietf:params:oauth:request_uri:none')]) {
    const sight = await who.visit(url)
    assert.deepEqual([sight.status, sight.sentTo], [400, undefined], 'a page of ours, and no redirect')
  }
  await who.visit(use(request_uri))
  const { sentTo } = await who.submit({ decision: 'allow' })
  const code = sentTo?.searchParams.get('code') ?? ''
  assert.ok((await redeem(server.url, app, code, verifier)).access_token)
  for (const again of [who, await signedIn(server.url)]) {
    const sight = await again.visit(use(request_uri))
    assert.deepEqual([sight.status, sight.sentTo], [400, undefined])
  }
})

test('where consent is remembered the reference is answered at once, and still once', async () => {
  const { request_uri } = await push()
  const who = await signedIn(server.url)
  const { sentTo } = await who.visit(use(request_uri))
  assert.ok((await redeem(server.url, app, sentTo?.searchParams.get('code') ?? '', verifier)).access_token)
  const again = await who.visit(use(request_uri))
  assert.deepEqual([again.status, again.sentTo], [400, undefined])
})

test('a no is the one answer, too', async () => {
  const { request_uri } = await push({ prompt: 'consent' })
  const who = await signedIn(server.url)
  await who.visit(use(request_uri))
  const { sentTo } = await who.submit({ decision: 'deny' })
  assert.equal(sentTo?.searchParams.get('error'), 'access_denied')
  assert.equal((await who.visit(use(request_uri))).status, 400)
})

test('where pushing is required, of one client or by the server, a request through the browser is refused', async () => {
  await using strict = await testServer({ CLAVIGER_REQUIRE_PAR: 'on' })
  const metadata = async (at: TestServer) =>
    (await (await fetch(`${at.url}/.well-known/oauth-authorization-server`)).json()) as Record<string, unknown>
  assert.equal((await metadata(strict))['require_pushed_authorization_requests'], true)
  assert.equal((await metadata(server))['require_pushed_authorization_requests'], undefined)
  assert.equal((await metadata(server))['pushed_authorization_request_endpoint'], `${server.url}/oauth2/par`)
  const bound = await addClient(server.world, { policy: { pushedRequests: 'required' } })
  for (const [at, by] of [
    [strict, await addClient(strict.world)],
    [server, bound],
  ] as const) {
    const url = `/oauth2/authorize?${new URLSearchParams({ client_id: by.client.id, ...REQUEST })}`
    const { sentTo } = await person(at.url).visit(url)
    assert.match(sentTo?.searchParams.get('error_description') ?? '', /must push/)
    assert.equal((await push({}, by, at)).status, 201)
  }
})

test('pushes leave no row, however many there are', async () => {
  const by = await addClient(server.world, { type: 'public' })
  for (let i = 0; i < 50; i++) assert.equal((await push({ state: String(i) }, by)).status, 201)
  const { items } = await server.world.credentials.list({ clientId: by.client.id }, { limit: 5 })
  assert.deepEqual(items, [])
})

test('ninety seconds are for the browser to come; after that a reload in it goes on', async () => {
  after(() => setClock(0))
  await using late = await testServer()
  await addUser(late.world)
  const by = await addClient(late.world)
  const [first, second] = [await push({}, by, late), await push({}, by, late)]
  const who = person(late.url)
  const page = await who.visit(use(first.request_uri, by.client.id))
  setClock(91 / 3600)
  const expired = await person(late.url).visit(use(second.request_uri, by.client.id))
  assert.equal(expired.status, 400)
  assert.match(expired.html, /90 seconds/)
  await who.visit(page.url)
  await signIn(who)
  assert.ok((await who.submit({ decision: 'allow' })).sentTo?.searchParams.has('code'))
})
