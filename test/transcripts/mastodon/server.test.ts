import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openThrottle } from '../../../src/core/services/throttle.ts'
import { callerAddress } from '../../../src/http/caller-address.ts'
import { Params } from '../../../src/http/params.ts'
import { showPlace } from '../../../src/http/place.ts'
import type { WireRequest } from '../../../src/http/request.ts'
import { Refusal } from '../../../src/model/refusals/refusal.ts'
import type { Route } from '../../../src/wire/dialect.ts'
import { mastodon } from '../../../src/wire/dialects/mastodon/dialect.ts'
import { PASSWORD } from '../../kit/cast.ts'
import { mastodonClient } from '../../kit/mastodon.ts'
import { testServer } from '../../kit/server.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, register, newUser, appToken, works } = mastodonClient(server)
const json = async (path: string) => {
  const answer = await call('GET', path)
  assert.equal(answer.status, 200, path)
  assert.equal(answer.headers.get('access-control-allow-origin'), '*', path)
  return answer.body
}

test('MA-34 the metadata names what is really offered', async () => {
  const body = await json('/.well-known/oauth-authorization-server')
  assert.equal(body['issuer'], server.url)
  assert.equal(body['app_registration_endpoint'], `${server.url}/api/v1/apps`)
  for (const key of ['service_documentation', 'authorization_endpoint', 'token_endpoint', 'revocation_endpoint'])
    assert.ok(String(body[key]).startsWith(server.url), key)
  assert.deepEqual(body['response_types_supported'], ['code'])
  assert.deepEqual(body['code_challenge_methods_supported'], ['S256'])
  const listed = body['scopes_supported'] as string[]
  for (const scope of ['read', 'write:statuses', 'follow', 'push', 'profile', 'admin:read:accounts'])
    assert.ok(listed.includes(scope), scope)
  for (const grant of ['authorization_code', 'client_credentials'])
    assert.ok((body['grant_types_supported'] as string[]).includes(grant))
  for (const method of ['client_secret_basic', 'client_secret_post'])
    assert.ok((body['token_endpoint_auth_methods_supported'] as string[]).includes(method))
})

test('the instance says who it is in both generations, with and without a slash at the end', async () => {
  await newUser('ada')
  for (const path of ['/api/v1/instance', '/api/v1/instance/']) {
    const body = await json(path)
    assert.equal(body['uri'], new URL(server.url).host)
    assert.match(String(body['version']), /^4\.\d+\.\d+ \(compatible; Claviger \d+\.\d+\.\d+\)$/)
    assert.deepEqual(body['stats'], { user_count: 1, status_count: 0, domain_count: 0 })
    assert.equal(body['registrations'], true)
  }
  const body = await json('/api/v2/instance/')
  assert.equal(body['domain'], new URL(server.url).host)
  const { vapid } = body['configuration'] as { vapid: { public_key: string } }
  assert.equal(vapid.public_key, (await call('POST', '/api/v1/apps', { json: { client_name: 'x' } })).body['vapid_key'])
})

test('nodeinfo leads to a document that names the family', async () => {
  const { links } = (await json('/.well-known/nodeinfo')) as unknown as { links: { rel: string; href: string }[] }
  assert.deepEqual(
    links.map(({ rel }) => rel),
    ['2.0', '2.1'].map(version => `http://nodeinfo.diaspora.software/ns/schema/${version}`),
  )
  for (const { href } of links) {
    const body = await json(href.slice(server.url.length))
    assert.equal(body['version'], href.slice(-3))
    assert.equal((body['software'] as { name: string }).name, 'claviger')
    assert.deepEqual((body['metadata'] as { upstream: object }).upstream, { name: 'mastodon' })
  }
})

test('a user is found by webfinger through host-meta, by handle and never by e-mail', async () => {
  await newUser('grace', { email: 'grace@example.org' })
  const host = new URL(server.url).host
  const meta = await call('GET', '/.well-known/host-meta')
  assert.match(meta.text, /template="[^"]+\/\.well-known\/webfinger\?resource=\{uri\}"/)
  const finger = (resource: string) => call('GET', `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`)
  const found = await finger(`acct:Grace@${host}`)
  assert.deepEqual([found.status, found.body['subject']], [200, `acct:grace@${host}`])
  for (const resource of [`acct:nobody@${host}`, 'acct:grace@elsewhere', `acct:grace@example.org@${host}`, 'grace'])
    assert.equal((await finger(resource)).status, 404, resource)
})

test('browsers of any origin may ask, without cookies', async () => {
  for (const [path, method] of [
    ['/api/v1/apps', 'POST'],
    ['/oauth/token', 'POST'],
    ['/oauth/revoke', 'POST'],
    ['/api/v1/accounts/verify_credentials', 'GET'],
    ['/nodeinfo/2.0', 'GET'],
  ] as const) {
    const answer = await call('OPTIONS', path, {
      headers: { origin: 'https://app.example', 'access-control-request-method': method },
    })
    assert.equal(answer.status, 204, path)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    assert.equal(answer.headers.get('access-control-allow-credentials'), null)
    assert.match(answer.headers.get('access-control-allow-headers') ?? '', /authorization/)
    assert.match(answer.headers.get('access-control-allow-methods') ?? '', new RegExp(method))
  }
  const page = await call('OPTIONS', '/oauth/authorize', { headers: { origin: 'https://app.example' } })
  assert.equal(page.headers.get('access-control-allow-origin'), null)
})

test('a browser of any origin hears that there is nothing, too', async () => {
  const headers = { origin: 'https://app.example', 'access-control-request-method': 'GET' }
  for (const path of ['/api/v1/timelines/home?limit=1', '/api/v9/nothing']) {
    const asked = await call('OPTIONS', path, { headers })
    assert.equal(asked.status, 204, path)
    assert.equal(asked.headers.get('access-control-allow-origin'), '*')
    const told = await call('GET', path, { headers })
    assert.deepEqual([told.status, told.headers.get('access-control-allow-origin')], [404, '*'])
  }
  for (const path of ['/oauth/nothing', '/nothing', '/v1/nothing']) {
    const told = await call('OPTIONS', path, { headers })
    assert.equal(told.headers.get('access-control-allow-origin'), null, path)
  }
})

test('what is not there, or not that way, is said in JSON below /api and /oauth', async () => {
  for (const [method, path, status, error] of [
    ['GET', '/api/v1/timelines/home', 404, 'Not Found'],
    ['GET', '/api/v9', 404, 'Not Found'],
    ['DELETE', '/api/v1/instance', 405, 'Method Not Allowed'],
    ['GET', '/oauth/nothing', 404, 'not_found'],
    ['GET', '/oauth/token', 405, 'invalid_request'],
  ] as const) {
    const answer = await call(method, path)
    assert.deepEqual([answer.status, answer.body['error']], [status, error], path)
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  }
})

test('an outage is a 500 of the same shape, and says nothing about its cause', async () => {
  const { count } = server.world.users
  server.world.users.count = () => Promise.reject(new Error('disk on fire at /var/lib'))
  const answer = await call('GET', '/api/v1/instance')
  server.world.users.count = count
  assert.equal(answer.status, 500)
  assert.deepEqual(Object.keys(answer.body), ['error'])
  assert.equal(answer.text.includes('fire'), false)
})

test('an application may make an account where registration is open, and gets a token for it', async () => {
  const app = await register()
  const token = await appToken(app, 'read write')
  const fields = { username: 'newcomer', email: 'new@example.org', password: PASSWORD, agreement: 'true', locale: 'en' }
  const ask = (presented: string, form: Record<string, string>) =>
    call('POST', '/api/v1/accounts', { token: presented, form })
  const lacking = await ask(token, { username: 'newcomer' })
  assert.equal(lacking.status, 422)
  assert.equal(
    lacking.body['error'],
    "Validation failed: Email can't be blank, Password can't be blank, Service agreement must be accepted",
  )
  assert.equal((await ask(await appToken(app, 'read'), fields)).status, 403)
  const made = await call('POST', '/api/v1/accounts', { token, multipart: fields })
  assert.equal(made.status, 200, made.text)
  assert.deepEqual(Object.keys(made.body), ['access_token', 'token_type', 'scope', 'created_at'])
  const own = String(made.body['access_token'])
  const account = await call('GET', '/api/v1/accounts/verify_credentials', { token: own })
  assert.equal(account.body['username'], 'newcomer')
  const again = await ask(token, fields)
  assert.deepEqual([again.status, again.body['error']], [422, 'Username has already been taken'])
  assert.equal((await ask(own, { ...fields, username: 'another' })).status, 403)
  const { rules } = server.world
  rules.registration = 'closed'
  const closed = await ask(token, { ...fields, username: 'late', email: 'late@example.org' })
  rules.registration = 'open'
  assert.equal(closed.status, 403)
  assert.ok(await works(own))
})

test('an application is registered at most five times at once from one network; this machine is free', async () => {
  const row = mastodon.routes.find(({ at }) => showPlace(at) === 'POST /api/v1/apps')
  let now = Date.now()
  const world = { ...server.world, throttle: openThrottle(() => now, true, server.world.attempts) }
  const from = async (ip: string): Promise<number> => {
    try {
      return (await row?.handle(world, requestFrom(ip)))?.status ?? 0
    } catch (error) {
      assert.ok(error instanceof Refusal)
      return mastodon.refuse(error, requestFrom(ip), world).status
    }
  }
  const six = async (ip: (i: number) => string) => {
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) statuses.push(await from(ip(i)))
    return statuses
  }
  assert.deepEqual(await six(() => '203.0.113.9'), [200, 200, 200, 200, 200, 429])
  assert.deepEqual(await six(i => `2001:db8:1:2::${i}`), [200, 200, 200, 200, 200, 429])
  assert.equal(await from('198.51.100.1'), 200)
  assert.deepEqual(await six(() => '127.0.0.1'), [200, 200, 200, 200, 200, 200])
  now += 121_000
  assert.equal(await from('203.0.113.9'), 200, 'one more after two minutes')
})

test('below /api an answer is JSON, and whoever accepts none of it is told so with 406', async () => {
  const { client_id, client_secret } = await register()
  for (const accept of [
    'text/html',
    'application/xml, image/*',
    'application/json;q=0, */*',
    'application/json; q=0.0',
  ]) {
    const answer = await call('GET', '/api/v1/instance', { headers: { accept } })
    assert.deepEqual(
      [answer.status, answer.headers.get('content-type')?.split(';')[0]],
      [406, 'application/json'],
      accept,
    )
    assert.match(String(answer.body['error']), /^Not Acceptable: /)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
  }
  for (const accept of ['application/json', '*/*', 'text/html, application/*;q=0.1', 'Application/JSON;charset=utf-8'])
    assert.equal((await call('GET', '/api/v1/instance', { headers: { accept } })).status, 200, accept)
  const form = { grant_type: 'client_credentials', client_id, client_secret }
  const token = await call('POST', '/oauth/token', { form, headers: { accept: 'text/html' } })
  assert.equal(token.status, 200, 'the rule is one of /api alone')
})

test('below /api every answer says what is left of 300 requests in five minutes, refusals included', async () => {
  const row = mastodon.routes.find(({ at }) => showPlace(at) === 'GET /api/v1/instance') as Route
  let now = Date.UTC(2030, 0, 1)
  const world = { ...server.world, now: () => now, throttle: openThrottle(() => now, true, server.world.attempts) }
  const ask = async (ip: string) => {
    const request = { ...requestFrom(ip), method: 'GET', path: '/api/v1/instance' }
    try {
      return await row.handle(world, request)
    } catch (error) {
      assert.ok(error instanceof Refusal)
      return mastodon.refuse(error, request, world)
    }
  }
  const left = async (ip = '203.0.113.9') => {
    const { status, headers } = await ask(ip)
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(name => headers?.[`x-ratelimit-${name}`])
    return [status, limit, remaining, reset]
  }
  assert.deepEqual(await left(), [200, '300', '299', '2030-01-01T00:00:01.000Z'])
  for (let i = 0; i < 299; i++) await ask('203.0.113.9')
  assert.deepEqual(await left(), [429, '300', '0', '2030-01-01T00:05:00.000Z'])
  assert.deepEqual(await left('2001:db8::1'), [200, '300', '299', '2030-01-01T00:00:01.000Z'])
  assert.deepEqual(await left('127.0.0.1'), [200, undefined, undefined, undefined], 'this machine is free')
  now += 300_000
  assert.deepEqual(await left(), [200, '300', '299', '2030-01-01T00:05:01.000Z'])
})

function requestFrom(ip: string): WireRequest {
  return {
    id: 'test',
    method: 'POST',
    path: '/api/v1/apps',
    url: '/api/v1/apps',
    params: {},
    query: new Params({}),
    headers: {},
    countHeader: () => 0,
    cookies: {},
    body: { type: 'json', value: { client_name: 'Flood' }, text: '' },
    load: async () => ({ type: 'json', value: { client_name: 'Flood' }, text: '' }),
    address: callerAddress(ip, {}, []),
    ip,
    peer: ip,
  }
}
