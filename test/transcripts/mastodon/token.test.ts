import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { mastodonClient, OUT_OF_BAND, refused } from '../../kit/mastodon.ts'
import { testServer } from '../../kit/server.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, register, newUser, codeFor, exchange, userToken, works } = mastodonClient(server)

const REDIRECT = 'http://localhost:8080'
const app = await register({ redirect_uris: REDIRECT, client_name: 'Really cool client' })
const other = await register({ redirect_uris: REDIRECT })
await newUser('zork')

const proof = { client_id: app.client_id, client_secret: app.client_secret }
const forApp = { grant_type: 'client_credentials', redirect_uri: REDIRECT, ...proof }
const token = (json: object) => call('POST', '/oauth/token', { json })

const GRANT =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'
const CLIENT =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.'
const GRANT_TYPE = 'The authorization grant type is not supported by the authorization server.'

test('GT-01 an empty form is told all that it lacks', async () => {
  refused(
    await token({}),
    400,
    'invalid_request',
    'Bad Request: grant_type was not set in the token request form, but must be set to authorization_code or client_credentials: client_id was not set in the token request form: client_secret was not set in the token request form: redirect_uri was not set in the token request form',
  )
})

test('GT-02, DK-04 client credentials by multipart: a bearer token of now, without an end', async () => {
  const answer = await call('POST', '/oauth/token', { multipart: forApp })
  assert.equal(answer.status, 200)
  assert.deepEqual(Object.keys(answer.body), ['access_token', 'token_type', 'scope', 'created_at'])
  assert.equal(answer.body['token_type'], 'Bearer')
  assert.equal(answer.body['scope'], 'read')
  assert.ok(Math.abs(Number(answer.body['created_at']) - Date.now() / 1000) < 60)
  assert.ok(await works(String(answer.body['access_token'])))
})

test('GT-03 a scope beyond the application is refused; 400 as the RFC has it', async () => {
  refused(
    await token({ ...forApp, scope: 'admin' }),
    400,
    'invalid_scope',
    'requested scope admin was not covered by client scope',
  )
})

test('GT-04 a redirect address that was not registered is refused by name; a code of the RFC, without spaces', async () => {
  refused(
    await token({ ...forApp, redirect_uri: 'http://somewhere.else.example.org' }),
    400,
    'invalid_grant',
    'requested redirect URI http://somewhere.else.example.org was not covered by client redirect URIs',
  )
})

test('GT-05, DK-01 a code becomes a token; the answer is for nobody to keep', async () => {
  const answer = await exchange(app, await codeFor(app, 'zork'))
  assert.equal(answer.status, 200)
  assert.deepEqual(Object.keys(answer.body), ['access_token', 'token_type', 'scope', 'created_at'])
  assert.equal(answer.body['token_type'], 'Bearer')
  assert.equal(answer.body['scope'], 'read write push')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(answer.headers.get('pragma'), 'no-cache')
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.ok(await works(String(answer.body['access_token'])))
})

test('GT-06, DK-13 a missing code is named', async () => {
  refused(
    await token({ ...forApp, grant_type: 'authorization_code' }),
    400,
    'invalid_request',
    'Bad Request: code was not set in the token request form, but must be set since grant_type is authorization_code',
  )
})

test('GT-07 a code with client credentials is refused', async () => {
  refused(
    await token({ ...forApp, code: 'not_a_code' }),
    400,
    'invalid_request',
    'Bad Request: a code was provided in the token request form, but grant_type was not set to authorization_code',
  )
})

test('DK-02 a client may prove itself by Basic', async () => {
  const headers = { authorization: `Basic ${btoa(`${app.client_id}:${app.client_secret}`)}` }
  const answer = await call('POST', '/oauth/token', { headers, form: { grant_type: 'client_credentials' } })
  assert.equal(answer.status, 200)
})

test('DK-03 client credentials in the address prove nothing', async () => {
  const answer = await call('POST', `/oauth/token?${new URLSearchParams(proof)}`, {
    form: { grant_type: 'client_credentials' },
  })
  refused(answer, 401, 'invalid_client', CLIENT)
})

test('DK-05 an unknown grant type is unsupported', async () => {
  refused(await token({ ...forApp, grant_type: 'nothing' }), 400, 'unsupported_grant_type', GRANT_TYPE)
})

test('DK-06 a refresh is unsupported where the application has none', async () => {
  refused(
    await token({ ...forApp, grant_type: 'refresh_token', refresh_token: 'x' }),
    400,
    'unsupported_grant_type',
    GRANT_TYPE,
  )
})

test('DK-07 a missing grant type is named', async () => {
  refused(await token(proof), 400, 'invalid_request', /grant_type/)
})

test('DK-10, DK-11 a code used twice is refused, and the token of its first use is revoked', async () => {
  const code = await codeFor(app, 'zork')
  const first = await exchange(app, code)
  const access = String(first.body['access_token'])
  assert.ok(await works(access))
  refused(await exchange(app, code), 400, 'invalid_grant', GRANT)
  assert.equal(await works(access), false)
})

test('DK-12 an unknown code is refused', async () => {
  refused(await exchange(app, 'WBANQAXXHDN9KJQZXGWNQANA4V9EJWMUDHVCUUM3JHYAB3DP'), 400, 'invalid_grant', GRANT)
})

test("another client's code, and one sent elsewhere, are refused and stay good for their owner", async () => {
  const code = await codeFor(app, 'zork')
  refused(await exchange(other, code), 400, 'invalid_grant', GRANT)
  refused(await exchange(app, code, { redirect_uri: `${REDIRECT}/other` }), 400, 'invalid_grant', GRANT)
  assert.equal((await exchange(app, code)).status, 200)
})

test('DK-14 without a secret: invalid_client, 401', async () => {
  refused(await token({ ...forApp, client_secret: '' }), 401, 'invalid_client', CLIENT)
})

test('DK-15 without a client_id: invalid_client, 401', async () => {
  refused(await token({ grant_type: 'client_credentials' }), 401, 'invalid_client', CLIENT)
})

test('a wrong secret and an unknown client get the same answer, byte for byte', async () => {
  const wrong = await token({ ...forApp, client_secret: 'wrong' })
  refused(wrong, 401, 'invalid_client', CLIENT)
  assert.equal((await token({ ...forApp, client_id: 'nobody' })).text, wrong.text)
})

test('DK-18 what is stored of a code, a token and a secret is a fingerprint', async () => {
  const code = await codeFor(app, 'zork')
  const access = String((await exchange(app, code)).body['access_token'])
  const { readdirSync, readFileSync } = await import('node:fs')
  const files = readdirSync(server.dataDir).filter(name => name.startsWith('claviger.db'))
  const stored = files.map(name => readFileSync(`${server.dataDir}/${name}`, 'latin1')).join('')
  assert.ok(stored.includes(app.client_id), 'the database was read')
  for (const secret of [code, access, app.client_secret]) assert.equal(stored.includes(secret), false)
})

test('DK-21, MA-24 the scopes of a token are those of its code, whatever the request says', async () => {
  for (const scope of [undefined, 'read', 'read write push follow', 'omg', 'admin:read']) {
    const code = await codeFor(app, 'zork', { scope: 'read write' })
    const answer = await exchange(app, code, scope === undefined ? {} : { scope })
    assert.deepEqual([answer.status, answer.body['scope']], [200, 'read write'], String(scope))
  }
})

test('MA-25, DK-22 client credentials carry the scopes asked for, read without any, and never more than registered', async () => {
  assert.equal((await token({ ...proof, grant_type: 'client_credentials' })).body['scope'], 'read')
  assert.equal((await token({ ...forApp, scope: 'read write' })).body['scope'], 'read write')
  refused(await token({ ...forApp, scope: 'read write follow' }), 400, 'invalid_scope')
})

test('DK-23 a scope spelt as an array or object is a bad request and no crash', async () => {
  const base = Object.entries(forApp) as [string, string][]
  for (const name of ['scope[a]', 'scope[]'])
    refused(await call('POST', '/oauth/token', { form: [...base, [name, 'b']] }), 400, 'invalid_request')
  refused(await token({ ...forApp, scope: { a: 'b' } }), 400, 'invalid_request')
})

test('DK-24 two proofs at once are a bad request', async () => {
  const headers = { authorization: `Basic ${btoa(`${app.client_id}:${app.client_secret}`)}` }
  refused(await call('POST', '/oauth/token', { headers, form: forApp }), 400, 'invalid_request')
})

test('DK-25 Basic and body must name one client', async () => {
  const headers = { authorization: `Basic ${btoa(`${app.client_id}:${app.client_secret}`)}` }
  const ask = (client_id: string) =>
    call('POST', '/oauth/token', { headers, form: { grant_type: 'client_credentials', client_id } })
  refused(await ask(other.client_id), 401, 'invalid_client')
  assert.equal((await ask(app.client_id)).status, 200)
})

test('every body type is read at both endpoints, and no other', async () => {
  for (const kind of ['json', 'form', 'multipart'] as const) {
    const issued = await call('POST', '/oauth/token', { [kind]: forApp })
    assert.equal(issued.status, 200, kind)
    const gone = { token: String(issued.body['access_token']), ...proof }
    const revoked = await call('POST', '/oauth/revoke', { [kind]: gone })
    assert.deepEqual([revoked.status, revoked.body], [200, {}], kind)
  }
  const xml = await fetch(`${server.url}/oauth/token`, {
    method: 'POST',
    body: '<x/>',
    headers: { 'content-type': 'application/xml' },
  })
  assert.equal(xml.status, 415)
})

test('DK-27 a token that is invalid or has expired is 401, one with too little 403, one without an end works', async () => {
  const access = await userToken(app, 'zork', 'push')
  const account = (presented: string) => call('GET', '/api/v1/accounts/verify_credentials', { token: presented })
  assert.equal((await account('invalid')).status, 401)
  const narrow = await account(access)
  assert.deepEqual([narrow.status, narrow.body], [403, { error: 'This action is outside the authorized scopes' }])
  assert.ok(await works(access))
  const { client } = (await server.world.lookups.facts(server.world.vault.fingerprint(access))) ?? {}
  assert.ok(client)
  const from = {}
  await server.world.clients.change(
    client.id,
    { policy: { ...client.policy, accessTokenSeconds: 3600 } },
    { at: Date.now(), event: 'changed', about: 'client', actor: 'operator', ...from },
  )
  const short = await exchange(app, await codeFor(app, 'zork', { scope: 'read' }))
  assert.equal(short.body['expires_in'], 3600)
  const realNow = server.world.now
  server.world.now = () => realNow() + 3_601_000
  const late = await account(String(short.body['access_token']))
  server.world.now = realNow
  assert.deepEqual([late.status, late.body], [401, { error: 'The access token expired' }])
})

test('an out-of-band code of the document’s walk-through becomes a token with all four keys', async () => {
  const seed = await register({ client_name: 'your_app_name', redirect_uris: OUT_OF_BAND, scopes: 'read' })
  const answer = await exchange(seed, await codeFor(seed, 'zork'))
  assert.deepEqual(Object.keys(answer.body).sort(), ['access_token', 'created_at', 'scope', 'token_type'])
  const presented = String(answer.body['access_token'])
  for (const path of ['/api/v1/accounts/verify_credentials', '/api/v1/verify_credentials', '/api/v1/notifications'])
    assert.equal((await call('GET', path, { token: presented })).status, 200, path)
})
