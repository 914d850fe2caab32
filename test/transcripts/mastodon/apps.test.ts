import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { mastodonClient, OUT_OF_BAND } from '../../kit/mastodon.ts'
import { testServer } from '../../kit/server.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, register, newUser, userToken, appToken } = mastodonClient(server)

const ABOUT = ['id', 'name', 'website', 'scopes', 'redirect_uris', 'redirect_uri', 'vapid_key']
const post = (json: object) => call('POST', '/api/v1/apps', { json })
const valid = { client_name: 'Test app', redirect_uris: 'http://testing.tusky.app/oauth' }

async function refused(fields: object, sentence: string): Promise<void> {
  const answer = await post({ ...valid, ...fields })
  assert.equal(answer.status, 422)
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.deepEqual(answer.body, { error: `Validation failed: ${sentence}` })
}

test('MA-01 a list of redirect addresses registers, and the answer has all that clients read, in order', async () => {
  const answer = await post({ ...valid, redirect_uris: ['http://testing.tusky.app/oauth', OUT_OF_BAND] })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(answer.headers.get('access-control-allow-origin'), '*')
  assert.equal(answer.headers.get('access-control-allow-credentials'), null)
  const { body } = answer
  assert.deepEqual(Object.keys(body), [
    ...ABOUT,
    'client_id',
    'client_secret',
    'client_secret_expires_at',
    'created_at',
  ])
  assert.match(String(body['id']), /^\d+$/)
  assert.equal(body['name'], 'Test app')
  assert.equal(body['website'], null)
  assert.deepEqual(body['redirect_uris'], ['http://testing.tusky.app/oauth', OUT_OF_BAND])
  assert.equal(body['redirect_uri'], `http://testing.tusky.app/oauth\n${OUT_OF_BAND}`)
  assert.equal(body['client_secret_expires_at'], 0)
  assert.match(String(body['created_at']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  const key = Buffer.from(String(body['vapid_key']), 'base64url')
  assert.deepEqual([key.length, key[0]], [65, 4], 'an uncompressed point of P-256')
})

test('the sample of the document registers as it stands, and its five keys are there in their order', async () => {
  const { body } = await post({ client_name: 'your_app_name', redirect_uris: OUT_OF_BAND, scopes: 'read' })
  const wanted = ['id', 'name', 'redirect_uri', 'client_id', 'client_secret']
  assert.deepEqual(
    Object.keys(body).filter(key => wanted.includes(key)),
    wanted,
  )
  assert.equal(body['redirect_uri'], OUT_OF_BAND)
})

test('MA-02 without scopes an application gets read', async () => {
  assert.deepEqual((await post(valid)).body['scopes'], ['read'])
})

test('MA-03 scopes as a list are honoured, where the original drops them', async () => {
  assert.deepEqual((await post({ ...valid, scopes: ['read', 'write:statuses'] })).body['scopes'], [
    'read',
    'write:statuses',
  ])
})

test('MA-04 an unknown scope is refused', () =>
  refused({ scopes: 'hoge' }, "Scopes doesn't match configured on the server"))

test('MA-05 a scope named forty times is stored once', async () => {
  assert.deepEqual((await post({ ...valid, scopes: 'read '.repeat(40).trim() })).body['scopes'], ['read'])
})

test('MA-06 a name of more than 60 characters is refused', () =>
  refused({ client_name: 'hoge'.repeat(20) }, 'Application name is too long (maximum is 60 characters)'))

test('MA-07 a website of more than 2000 characters is refused', () =>
  refused({ website: `https://foo.bar/${'hoge'.repeat(500)}` }, 'Application website is not a valid URL'))

test('MA-08 a redirect address of more than 2000 characters is refused', () =>
  refused(
    { redirect_uris: `https://foo.bar/${'hoge'.repeat(500)}` },
    'Redirect URI is too long (maximum is 2000 characters)',
  ))

test('MA-09 five hundred redirect addresses are refused', () =>
  refused(
    { redirect_uris: Array.from({ length: 500 }, (_, i) => `https://foo.bar/${i}`) },
    'Redirect URI is too long (maximum is 2000 characters)',
  ))

const TWO = ['https://app.example/', 'app://callback']
test('MA-10 two addresses on two lines, one of an own scheme, come back as the same text and as two', async () => {
  const { status, body } = await post({ ...valid, redirect_uris: TWO.join('\n') })
  assert.equal(status, 200)
  assert.equal(body['redirect_uri'], TWO.join('\n'))
  assert.deepEqual(body['redirect_uris'], TWO)
})

test('MA-11 the same two as a list give the same', async () => {
  const { body } = await post({ ...valid, redirect_uris: TWO })
  assert.equal(body['redirect_uri'], TWO.join('\n'))
  assert.deepEqual(body['redirect_uris'], TWO)
})

test('MA-12 an empty list of addresses is refused', () => refused({ redirect_uris: [] }, "Redirect URI can't be blank"))
test('MA-13 a single line break for an address is refused', () =>
  refused({ redirect_uris: '\n' }, "Redirect URI can't be blank"))
test('MA-14 an empty text for an address is refused', () =>
  refused({ redirect_uris: '' }, "Redirect URI can't be blank"))
test('MA-15 an empty name is refused', () => refused({ client_name: '' }, "Application name can't be blank"))

test('all that is wrong is told at once', () =>
  refused(
    { client_name: '', redirect_uris: '', scopes: 'hoge' },
    "Application name can't be blank, Redirect URI can't be blank, Scopes doesn't match configured on the server",
  ))

test('MA-16 a website is stored and returned', async () => {
  const website = 'https://app.example/about'
  assert.equal((await post({ ...valid, website })).body['website'], website)
})

test('an application without redirect addresses is out-of-band', async () => {
  assert.deepEqual((await post({ client_name: 'Bare' })).body['redirect_uris'], [OUT_OF_BAND])
})

test('forms and multipart register as JSON does', async () => {
  const form: [string, string][] = [
    ['client_name', 'Form'],
    ['redirect_uris[]', 'https://a.example/'],
    ['redirect_uris[]', 'https://b.example/'],
    ['scopes', 'read write'],
  ]
  const byForm = await call('POST', '/api/v1/apps', { form })
  assert.deepEqual(byForm.body['redirect_uris'], ['https://a.example/', 'https://b.example/'])
  const byParts = await call('POST', '/api/v1/apps', { multipart: { ...valid, scopes: 'read follow push admin' } })
  assert.deepEqual(byParts.body['scopes'], ['read', 'follow', 'push', 'admin'])
})

test('addresses that could run code, hide a host or match by wildcard are refused', async () => {
  for (const uri of [
    'javascript:alert(1)',
    'data:text/html,x',
    'https://a.example/#x',
    'https://u@a.example/',
    '/only/path',
  ])
    assert.equal((await post({ ...valid, redirect_uris: uri })).status, 422, uri)
})

test('a body that cannot be read is 400, one of another type 415, one too large 413: always the same shape', async () => {
  const raw = (body: string, type: string) =>
    fetch(`${server.url}/api/v1/apps`, { method: 'POST', body, headers: { 'content-type': type } })
  for (const [answer, status] of [
    [await raw('{', 'application/json'), 400],
    [await raw('x', 'text/plain'), 415],
    [await raw('x'.repeat(200_000), 'application/json'), 413],
  ] as const) {
    assert.equal(answer.status, status)
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
    assert.deepEqual(Object.keys((await answer.json()) as object), ['error'])
  }
})

test('MA-17, MA-18 a user token learns about its application, and never its client_id or client_secret', async () => {
  await newUser('ada')
  const app = await register({ website: 'https://tusk.example/' })
  const { status, body } = await call('GET', '/api/v1/apps/verify_credentials', { token: await userToken(app, 'ada') })
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body), ABOUT)
  assert.equal(body['name'], 'Tusk')
  assert.equal(body['website'], 'https://tusk.example/')
  assert.deepEqual(body['scopes'], ['read', 'write', 'push'])
  assert.equal(body['id'], app.id)
})

test('MA-19 a token that may not read learns about its application all the same', async () => {
  await newUser('root', { role: 'admin' })
  const app = await register({ scopes: 'admin:write' })
  const token = await userToken(app, 'root')
  assert.equal((await call('GET', '/api/v1/apps/verify_credentials', { token })).status, 200)
})

test('MA-20 a token of the application alone learns about it too', async () => {
  const token = await appToken(await register())
  assert.equal((await call('GET', '/api/v1/apps/verify_credentials', { token })).status, 200)
})

const CHALLENGE = (text: string) => `Bearer realm="Doorkeeper", error="invalid_token", error_description="${text}"`

test('MA-21 without a token: 401 in JSON, with the challenge', async () => {
  const answer = await call('GET', '/api/v1/apps/verify_credentials')
  assert.equal(answer.status, 401)
  assert.deepEqual(answer.body, { error: 'The access token is invalid' })
  assert.equal(answer.headers.get('www-authenticate'), CHALLENGE('The access token is invalid'))
})

test('MA-22 a revoked token is told so', async () => {
  const app = await register()
  const token = await appToken(app)
  await call('POST', '/oauth/revoke', {
    json: { token, client_id: app.client_id, client_secret: app.client_secret },
  })
  const answer = await call('GET', '/api/v1/apps/verify_credentials', { token })
  assert.equal(answer.status, 401)
  assert.deepEqual(answer.body, { error: 'The access token was revoked' })
  assert.equal(answer.headers.get('www-authenticate'), CHALLENGE('The access token was revoked'))
})

test('MA-23 an altered token is invalid', async () => {
  const token = await appToken(await register())
  const altered = token.slice(0, -1) + (token.endsWith('a') ? 'b' : 'a')
  for (const wrong of [altered, 'no-token-of-ours', `${token}x`]) {
    const answer = await call('GET', '/api/v1/apps/verify_credentials', { token: wrong })
    assert.deepEqual([answer.status, answer.body], [401, { error: 'The access token is invalid' }])
  }
})

test('whoever registers with a token owns the application: lists it, reads it without its secret, deletes it', async () => {
  await newUser('grace')
  await newUser('eve')
  const first = await register()
  const graces = await userToken(first, 'grace')
  const refusedApp = await call('POST', '/api/v1/apps', { json: valid, token: await userToken(first, 'eve', 'read') })
  assert.deepEqual(
    [refusedApp.status, refusedApp.body],
    [403, { error: 'This action is outside the authorized scopes' }],
  )
  const own = await register({ client_name: 'Own' }, graces)
  const list = await call('GET', '/api/v1/apps', { token: graces })
  assert.deepEqual(
    list.body.map(item => (item as { name: string }).name),
    ['Own'],
  )
  const one = await call('GET', `/api/v1/apps/${own.id}`, { token: graces })
  assert.equal(one.body['client_id'], own.client_id)
  assert.equal('client_secret' in one.body, false)
  const eves = await userToken(first, 'eve')
  for (const method of ['GET', 'DELETE']) {
    const answer = await call(method, `/api/v1/apps/${own.id}`, { token: eves })
    assert.deepEqual([answer.status, answer.body], [404, { error: 'Not Found' }])
  }
  const others = await userToken(own, 'eve')
  assert.equal((await call('DELETE', `/api/v1/apps/${own.id}`, { token: graces })).status, 200)
  assert.equal((await call('GET', '/api/v1/apps/verify_credentials', { token: others })).status, 401)
  assert.deepEqual((await call('GET', '/api/v1/apps', { token: graces })).body, [])
})

test('the list of own applications goes on where its Link says', async () => {
  await newUser('linus')
  const token = await userToken(await register(), 'linus')
  for (const name of ['One', 'Two', 'Three']) await register({ client_name: name }, token)
  const first = await call('GET', '/api/v1/apps?limit=2', { token })
  const names = (answer: { body: unknown[] }) => answer.body.map(item => (item as { name: string }).name)
  assert.deepEqual(names(first), ['Three', 'Two'])
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  assert.ok(next.startsWith(`${server.url}/api/v1/apps?max_id=`), next)
  assert.deepEqual(names(await call('GET', next.slice(server.url.length), { token })), ['One'])
})

test('MA-38 the pages for applications of the original are shut, all eight', async () => {
  for (const [method, path] of [
    ['GET', ''],
    ['POST', ''],
    ['GET', '/new'],
    ['GET', '/1'],
    ['PUT', '/1'],
    ['PATCH', '/1'],
    ['DELETE', '/1'],
    ['GET', '/1/edit'],
  ] as const)
    assert.equal((await call(method, `/oauth/applications${path}`)).status, 403, `${method} ${path}`)
})
