import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { decodeJwt } from 'jose'
import { changeUser } from '../../../src/core/users/change-user.ts'
import { OPERATOR } from '../../../src/model/users/actor.ts'
import { stopClockOfLimits, testServer } from '../../kit/server.ts'
import { zebbraClient } from '../../kit/zebbra.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, refused, member, askToken, token, me } = zebbraClient(server)
const { world } = server

const WRONG_LOGIN = 'Incorrect username or password'
const NOT_VALID = 'Could not validate credentials'
const field = (name: string) => ({ loc: ['body', name], msg: 'field required', type: 'value_error.missing' })
const isExpired = (bearer: string) => call('GET', '/token/expired', { bearer })

test('ZB-01 a form with grant_type=password gets two fields, the type in lower case', async () => {
  const { username } = await member()
  for (const path of ['/token', '/auth/token', '/token/']) {
    const told = await call('POST', path, { form: { username, password: 'secret', grant_type: 'password' } })
    assert.equal(told.status, 200)
    assert.equal(told.text, `{"access_token":"${told.body['access_token']}","token_type":"bearer"}`)
    assert.equal(told.headers.get('cache-control'), 'no-store')
    assert.equal(told.headers.get('access-control-allow-origin'), '*')
  }
})

test('a token lives 30 minutes, names its user and carries an id', async () => {
  const { username, token: secret } = await member()
  const { sub, iss, iat = 0, exp = 0, jti } = decodeJwt(secret)
  assert.deepEqual([sub, iss, exp - iat], [username, world.rules.issuer, 1800])
  assert.match(String(jti), /^[0-9a-f]{24}$/)
})

test('multipart works like a form, without a grant type, and with what other clients of OAuth 2 send', async () => {
  const { username } = await member()
  const fields = { username, password: 'secret', scope: '', client_id: 'web', client_secret: 'x' }
  assert.equal((await call('POST', '/token', { multipart: fields })).status, 200)
  assert.equal((await call('POST', '/token', { form: { ...fields, grant_type: '' } })).status, 200)
  assert.equal((await call('POST', '/token', { form: { ...fields, grant_type: 'passwordX' } })).status, 200)
})

test('ZB-04 a wrong password and an unknown user get the same answer with a challenge', async () => {
  const { username } = await member()
  await refused(askToken(username, { password: 'wrong' }), 401, WRONG_LOGIN, 'Bearer')
  await refused(askToken('nobody@example.com'), 401, WRONG_LOGIN, 'Bearer')
})

test('what is missing from a token request is listed; JSON is read as an empty form', async () => {
  const both = [field('username'), field('password')]
  await refused(call('POST', '/token'), 422, both)
  await refused(call('POST', '/token', { json: { username: 'a', password: 'b' } }), 422, both)
  await refused(call('POST', '/token', { form: { username: 'a' } }), 422, [field('password')])
  await refused(call('POST', '/token', { form: { username: 'a', password: 'b', grant_type: 'code' } }), 422, [
    {
      loc: ['body', 'grant_type'],
      msg: 'string does not match regex "password"',
      type: 'value_error.str.regex',
      ctx: { pattern: 'password' },
    },
  ])
})

test('a body that cannot be read at all is refused in the same envelope', async () => {
  const broken = { type: 'multipart/form-data; boundary=x', body: 'no part' }
  await refused(call('POST', '/token', { raw: broken }), 400, 'There was an error parsing the body')
})

test('other methods and other paths answer in the shape of the dialect', async () => {
  const told = await call('GET', '/token')
  assert.deepEqual(
    [told.status, told.text, told.headers.get('allow')],
    [405, '{"detail":"Method Not Allowed"}', 'POST'],
  )
  await refused(call('GET', '/auth/nothing'), 404, 'Not Found')
  const large = { form: { username: 'x'.repeat(200_000), password: 'y' } }
  assert.deepEqual(Object.keys((await call('POST', '/token', large)).body), ['detail'])
})

test('a browser of any origin may ask, without credentials', async () => {
  const preflight = await fetch(`${server.url}/token`, {
    method: 'OPTIONS',
    headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
  })
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
  assert.equal(preflight.headers.get('access-control-allow-credentials'), null)
  assert.equal(preflight.headers.get('access-control-max-age'), '600')
})

test('ZB-16 without a credential, with another scheme, and with one that is not ours: 401, each with its own words', async () => {
  await refused(call('GET', '/user'), 401, 'Not authenticated', 'Bearer')
  await refused(call('GET', '/user', { headers: { authorization: 'Basic YTpi' } }), 401, 'Not authenticated', 'Bearer')
  for (const bearer of ['not_a_token', '', 'a.b.c', 'clv_at_x']) await refused(me(bearer), 401, NOT_VALID, 'Bearer')
  const { token: secret } = await member()
  assert.equal((await call('GET', '/user', { headers: { authorization: `bEaReR ${secret}` } })).status, 200)
  const forged = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`
  await refused(me(forged), 401, NOT_VALID, 'Bearer')
})

test('a token past its end is refused, and told to be expired', async () => {
  const { token: secret } = await member()
  assert.equal((await isExpired(secret)).text, '{"expired":false}')
  const present = world.now
  world.now = () => present() + 31 * 60_000
  try {
    await refused(me(secret), 401, NOT_VALID, 'Bearer')
    for (const path of ['/token/expired', '/auth/token/expired'])
      assert.equal((await call('GET', path, { bearer: secret })).text, '{"expired":true}')
  } finally {
    world.now = present
  }
})

test('/token/expired refuses what it cannot verify instead of failing', async () => {
  await refused(call('GET', '/token/expired'), 401, 'Not authenticated', 'Bearer')
  for (const bearer of ['', 'not_a_token', 'a.b.c']) await refused(isExpired(bearer), 401, NOT_VALID, 'Bearer')
})

test('ZB-29 a token is good until it is logged out, is then listed as ended, and once only (adjusted: rows instead of a blacklist)', async () => {
  const { token: secret, username } = await member()
  const sibling = await token(username)
  assert.equal((await me(secret)).status, 200)
  const told = await call('POST', '/logout', { bearer: secret })
  assert.deepEqual([told.status, told.text], [200, '{"message":"Logged out."}'])
  await refused(me(secret), 401, 'Expired token', 'Bearer')
  assert.deepEqual((await isExpired(secret)).body, { expired: true })
  assert.equal((await call('POST', '/auth/logout', { bearer: secret })).status, 200)
  assert.equal((await me(sibling)).status, 200)

  const user = await world.users.byName(username)
  const filter = { userId: user?.id ?? '', kinds: ['user-token'] as const }
  const count = async (status: 'active' | 'revoked') =>
    (await world.credentials.list({ ...filter, status }, { limit: 10 })).items.length
  assert.deepEqual([await count('active'), await count('revoked')], [1, 1])
})

test('logging out garbage says the same and stores nothing', async () => {
  const count = async () => (await world.credentials.list({}, { limit: 200 })).items.length
  const before = await count()
  for (const bearer of ['', 'garbage', 'a.b.c'])
    assert.equal((await call('POST', '/logout', { bearer })).text, '{"message":"Logged out."}')
  assert.equal(await count(), before)
  await refused(call('POST', '/logout'), 401, 'Not authenticated', 'Bearer')
})

test('a token stays with its user, not with a name that somebody else takes later', async () => {
  const [first, second] = [await member(), await member()]
  const name = first.username
  await call('POST', '/user?username=moved-away@example.com', { bearer: first.token })
  await call('POST', `/user?username=${name}`, { bearer: second.token })
  const told = await me(first.token)
  assert.deepEqual([told.body['_id'], told.body['username']], [first._id, 'moved-away@example.com'])
})

test('a disabled user gets no token, and tokens they have are answered with 400', async () => {
  const { _id, username, token: secret } = await member()
  await changeUser(world, OPERATOR, { userId: _id, active: false })
  await refused(askToken(username), 401, WRONG_LOGIN, 'Bearer')
  await refused(me(secret), 400, 'Inactive user')
  assert.deepEqual((await isExpired(secret)).body, { expired: true })
})

test('a token of this dialect opens nothing elsewhere, and others open nothing here', async () => {
  const { token: secret } = await member()
  const accounts = await fetch(`${server.url}/api/v1/accounts/verify_credentials`, {
    headers: { authorization: `Bearer ${secret}` },
  })
  assert.equal(accounts.status, 401)
})

test('the address of the server greets clients, and leaves browsers to the pages', async () => {
  const told = await call('GET', '/')
  assert.deepEqual([told.status, told.text], [200, '{"message":"Hello Zebbra!"}'])
  const browser = await fetch(`${server.url}/`, { headers: { accept: 'text/html' }, redirect: 'manual' })
  assert.notEqual(browser.headers.get('content-type'), 'application/json')
})

test('guessing passwords is slowed down, in the shape of the dialect', async () => {
  await using limited = await testServer({ CLAVIGER_LIMITS: 'on' })
  stopClockOfLimits(limited)
  const there = zebbraClient(limited)
  const { username } = await there.member()
  const answers = []
  for (let i = 0; i < 12; i++) answers.push(await there.askToken(username, { password: 'wrong' }))
  const last = answers.at(-1)
  assert.equal(last?.status, 429)
  assert.ok(Number(last?.headers.get('retry-after')) > 0)
  assert.deepEqual(Object.keys(last?.body ?? {}), ['detail'])
})
