import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearer, clientToken, person, tokenOf } from '../../../test/kit/admin.ts'
import { testServer } from '../../../test/kit/server.ts'
import { HOUR } from '../../model/span.ts'
import { OPERATIONS } from './contract.ts'

test('a session writes only from our own page: CSRF token, origin and JSON are all needed', async () => {
  await using server = await testServer()
  const { ask, cookie, csrf } = await person(server, 'boss', 'owner')
  const send = (headers: Record<string, string>, body = '{"handle":"eve"}') =>
    fetch(`${server.url}/v1/users`, { method: 'POST', headers: { cookie, ...headers }, body })
  const json = { 'content-type': 'application/json' }
  const proven = { ...json, 'x-claviger-csrf': csrf }
  const attempts: [string, Record<string, string>, number][] = [
    ['no token', json, 403],
    ['a wrong token', { ...json, 'x-claviger-csrf': 'A'.repeat(43) }, 403],
    ['another site', { ...proven, origin: 'https://evil.example' }, 403],
    ['a cross-site fetch', { ...proven, 'sec-fetch-site': 'cross-site' }, 403],
    ['a same-site fetch', { ...proven, 'sec-fetch-site': 'same-site' }, 403],
    ['text/plain', { 'content-type': 'text/plain', 'x-claviger-csrf': csrf }, 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded', 'x-claviger-csrf': csrf }, 415],
    ['no type', { 'x-claviger-csrf': csrf }, 415],
  ]
  for (const [what, headers, status] of attempts) assert.equal((await send(headers)).status, status, what)
  assert.equal(((await ask('GET', '/v1/users')).body['items'] as unknown[]).length, 1)
  assert.equal((await send({ ...proven, origin: server.url, 'sec-fetch-site': 'same-origin' })).status, 201)
})

test('a cookie never makes up for a credential that does not pass', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'owner')
  const answer = await ask('GET', '/v1/users', undefined, { authorization: 'Bearer wrong' })
  assert.equal(answer.status, 401)
  assert.equal((await ask('GET', '/v1/users', undefined, { authorization: 'Basic d3Jvbmc6d3Jvbmc=' })).status, 401)
})

test('no header or parameter changes the method, HEAD has no body, other methods name those that work', async () => {
  await using server = await testServer()
  const { ask, user } = await person(server, 'boss', 'owner')
  const override = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE', 'x-http-method': 'DELETE' }
  assert.equal((await ask('GET', `/v1/users/${user.id}`, undefined, override)).status, 200)
  assert.equal((await ask('GET', `/v1/users/${user.id}?_method=DELETE`)).status, 400)
  assert.equal((await ask('POST', `/v1/users/${user.id}`, {}, override)).status, 405)
  const head = await ask('HEAD', '/v1/users')
  assert.deepEqual([head.status, head.text], [200, ''])
  const patch = await ask('PATCH', '/v1/users', {})
  assert.equal(patch.status, 405)
  assert.match(patch.headers.get('allow') ?? '', /GET/)
  const options = await fetch(`${server.url}/v1/users`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example' },
  })
  assert.equal(options.headers.get('access-control-allow-origin'), null)
})

test('an address that is not quite an address of the API opens nothing', async () => {
  await using server = await testServer()
  const { user } = await person(server, 'ada')
  const plain = bearer(server, await tokenOf(server, user, ['read']))
  for (const path of [
    '/v1//users',
    '/V1/users',
    '/v1/users%2f',
    '/v1/users;x=1',
    '/v1/./users/',
    '/v1/%75sers',
    '/v1/users.json',
  ]) {
    const { status } = await plain('GET', path)
    assert.ok([401, 403, 404].includes(status), `${path}: ${status}`)
  }
})

test('fields that are not a caller’s to set are refused, and nothing is made', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'owner')
  for (const extra of [
    'id',
    'number',
    'created_at',
    'active',
    'second_factor',
    'password_hash',
    'passwordHash',
    'ownerId',
  ]) {
    const answer = await ask('POST', '/v1/users', { handle: 'eve', [extra]: 1 })
    assert.equal(answer.status, 400, extra)
    assert.equal(answer.body['parameter'], extra)
  }
  for (const extra of [
    'id',
    'client_id',
    'client_secret',
    'secrets',
    'source',
    'created_at',
    'number',
    'skip_consent',
    'active',
  ])
    assert.equal((await ask('POST', '/v1/clients', { name: 'App', [extra]: 'x' })).status, 400, extra)
  for (const extra of ['ownerId', 'source', 'type', 'id', 'secrets']) {
    const made = await ask('POST', '/v1/clients', { name: 'App' })
    const { id } = made.body['client'] as { id: string }
    assert.equal((await ask('PATCH', `/v1/clients/${id}`, { [extra]: 'x' })).status, 400, extra)
  }
  for (const extra of ['secret', 'fingerprint', 'id', 'user_id', 'created_at'])
    assert.equal(
      (await ask('POST', '/v1/credentials', { kind: 'api_key', name: 'k', [extra]: 'x' })).status,
      400,
      extra,
    )
  assert.equal(((await ask('GET', '/v1/users')).body['items'] as unknown[]).length, 1)
})

test('hostile JSON is refused: prototypes, NUL, broken text, depth, and what is no object', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'owner')
  const bodies = [
    '{"__proto__":{"role":"owner"},"handle":"eve"}',
    '{"constructor":{"prototype":{}},"handle":"eve"}',
    '{"handle":"e\\u0000ve"}',
    '{"handle":"e\\ud800ve"}',
    `{"handle":${'['.repeat(100)}${']'.repeat(100)}}`,
    '[]',
    'null',
    '"eve"',
    '{"handle":"eve"',
    '{"handle":5}',
    '{"handle":"eve","scopes":"users"}',
    '{"handle":"e ve"}',
  ]
  for (const body of bodies) assert.equal((await ask('POST', '/v1/users', body)).status, 400, body)
  assert.equal((await ask('GET', '/v1/users/%00')).status, 404)
  assert.equal((await ask('GET', '/v1/users?q=%00')).status, 400)
  assert.equal((await ask('GET', '/v1/users?q=a&q=b')).status, 400)
  assert.equal((await ask('POST', '/v1/users', JSON.stringify({ handle: 'x'.repeat(200_000) }))).status, 413)
})

test('limits are whole numbers from 1 to 200, and sort keys come from a list', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'owner')
  for (const limit of ['0', '-1', '201', '1e9', '1.5', 'NaN', 'x', '99999999999999999999'])
    for (const path of ['/v1/users', '/v1/clients', '/v1/credentials', '/v1/journal', '/v1/sessions'])
      assert.equal((await ask('GET', `${path}?limit=${limit}`)).status, 400, `${path} ${limit}`)
  for (const sort of ['password', 'created_at;drop', '--created_at', "created_at'"])
    assert.equal((await ask('GET', `/v1/users?sort=${encodeURIComponent(sort)}`)).status, 400, sort)
})

test('pages follow one another in both orders without gap or repeat, and a cursor of another list is refused', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'owner')
  for (let i = 0; i < 7; i++) await ask('POST', '/v1/credentials', { kind: 'api_key', name: `k${i}` })
  for (const sort of ['created_at', '-created_at']) {
    const ids: string[] = []
    let cursor: unknown = ''
    while (cursor !== null) {
      const page = await ask('GET', `/v1/credentials?limit=3&sort=${sort}${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ids.push(...(page.body['items'] as { id: string }[]).map(({ id }) => id))
      cursor = page.body['next_cursor']
    }
    assert.equal(ids.length, 7)
    assert.equal(new Set(ids).size, 7)
  }
  const wrong = ['x', 'bnVsbA', Buffer.from('[1]').toString('base64url'), Buffer.from('["1",2]').toString('base64url')]
  wrong.push(Buffer.from(JSON.stringify([1, "x' or 1=1"])).toString('base64url'))
  for (const cursor of wrong) assert.equal((await ask('GET', `/v1/credentials?cursor=${cursor}`)).status, 400, cursor)
  const ofCredentials = (await ask('GET', '/v1/credentials?limit=1')).body['next_cursor']
  for (const path of ['/v1/users', '/v1/clients', '/v1/journal'])
    assert.equal((await ask('GET', `${path}?cursor=${ofCredentials}`)).status, 400, path)
})

test('a dangerous change needs a recent sign-in', async () => {
  await using server = await testServer()
  const { ask, user } = await person(server, 'boss', 'owner')
  const { world } = server
  const now = world.now
  world.now = () => now() + 2 * HOUR
  const late = await ask('PATCH', `/v1/users/${user.id}`, { role: 'owner' })
  assert.deepEqual([late.status, late.body['code']], [401, 'login-required'])
  assert.equal((await ask('GET', '/v1/users')).status, 200)
  world.now = now
  assert.ok(Object.values(OPERATIONS).filter(row => 'fresh' in row).length >= 5)
})

test('errors say what, why and where to look, and never more than that', async () => {
  await using server = await testServer()
  const reader = bearer(server, await clientToken(server, ['users:read']))
  const answer = await reader('GET', '/v1/users/nobody')
  assert.equal(answer.status, 404)
  const { title, ...rest } = answer.body
  assert.equal(typeof title, 'string')
  assert.deepEqual(rest, {
    type: `${server.url}/docs/errors#user-unknown`,
    status: 404,
    code: 'user-unknown',
    detail: 'There is no user "nobody".',
    request_id: answer.headers.get('x-request-id'),
    docs: `${server.url}/docs/errors#user-unknown`,
  })
  assert.equal(answer.headers.get('cache-control'), 'no-store')
})
