import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { ROLES } from '../../src/model/users/user.ts'
import { bearer, person as member, tokenOf } from '../kit/admin.ts'
import { addUser, PASSWORD, signIn } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { application } from '../kit/house.ts'
import { person } from '../kit/person.ts'
import { withFactor } from '../kit/second-factor.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'
import { codeOf, zebbraClient } from '../kit/zebbra.ts'

/* Who holds a stolen token or session does not change how its owner signs in: that takes a recent sign-in or the password. */

const [NINE_MINUTES, ELEVEN_MINUTES] = [9 / 60, 11 / 60]
let server: TestServer
before(async () => {
  server = await testServer()
})
beforeEach(() => setClock(0))
after(() => server.stop())

test('a user token that is not fresh changes neither second factor nor password nor address, and ends no account', async () => {
  const { call, refused, member: join, askToken } = zebbraClient(server)
  const { username, token } = await join()
  const secret = String((await call('POST', '/user/otp/create', { bearer: token })).body['secret'])
  setClock(ELEVEN_MINUTES)
  const now = Date.now()
  const attempts: [string, string, Record<string, unknown>?][] = [
    ['POST', '/user?password=stolen-from-you'],
    ['POST', '/user/update?password=stolen-from-you'],
    ['POST', '/user', { form: { password: 'stolen-from-you' } }],
    ['POST', '/user?username=thief@example.com'],
    ['POST', '/user/update', { form: { username: 'thief@example.com', first_name: 'Thief' } }],
    ['POST', '/user/otp/create'],
    ['POST', `/user/otp/validate?otp=${codeOf(secret, { now })}`],
    ['DELETE', '/user'],
  ]
  for (const [method, path, more] of attempts) {
    const told = await call(method, path, { bearer: token, ...more })
    assert.equal(told.status, 401, path)
    assert.match(String(told.body['detail']), /less than ten minutes old/)
    assert.match(told.headers.get('www-authenticate') ?? '', /error="insufficient_user_authentication", max_age=600/)
  }
  const user = await server.world.users.byName(username)
  assert.deepEqual([user?.firstName, user?.secondFactor], ['Mem', false])
  assert.equal((await call('POST', '/user?first_name=Other', { bearer: token })).status, 200, 'a name is no proof')
  assert.equal((await call('GET', '/user', { bearer: token })).status, 200)

  const fresh = String((await askToken(username)).body['access_token'])
  setClock(ELEVEN_MINUTES + NINE_MINUTES)
  const code = codeOf(secret, { now: Date.now() })
  assert.equal((await call('POST', `/user/otp/validate?otp=${code}`, { bearer: fresh })).body['valid'], true)
  await refused(askToken(username), 401, 'OTP of Two-Factor Authentication is invalid')
  assert.equal((await call('POST', '/user?password=chosen-by-me', { bearer: fresh })).status, 200)
  assert.equal((await call('DELETE', '/user', { bearer: fresh })).status, 400, 'the admin of a workspace stays')
})

test('on the account page an older sign-in changes names with the present password only', async () => {
  const ann = await addUser(server.world, 'ann', { email: 'ann@example.org' })
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, 'ann')
  assert.doesNotMatch((await who.visit('/account')).html, /current_password/)
  const names = { handle: 'ann', email: 'ann@example.org', first_name: 'Ann', last_name: '' }
  const emailOf = async () => (await server.world.users.byId(ann.id))?.email
  assert.match((await who.submit({ ...names, email: 'ann@new.example' })).url, /done=saved/)

  setClock(ELEVEN_MINUTES)
  assert.match((await who.visit('/account')).html, /<input id="current_password"/)
  assert.match((await who.submit({ ...names, email: 'ann@new.example', first_name: 'A.' })).url, /done=saved/)
  for (const wrong of [{}, { current_password: '' }, { current_password: 'guess' }]) {
    for (const change of [{ email: 'thief@example.org' }, { email: '' }, { handle: 'thief' }]) {
      await who.visit('/account')
      const { status, html } = await who.submit({ ...names, email: 'ann@new.example', ...change, ...wrong })
      assert.equal(status, 400)
      assert.match(html, /id="current_password-problem"/)
    }
  }
  assert.equal(await emailOf(), 'ann@new.example')
  await who.visit('/account')
  const done = await who.submit({ ...names, email: 'ann@newer.example', current_password: PASSWORD })
  assert.match(done.url, /done=saved/)
  assert.equal(await emailOf(), 'ann@newer.example')
})

test('the management API asks a person for the same, whether a session or a credential speaks for them', async () => {
  const { world } = server
  const boss = await member(server, 'boss', 'owner', { password: PASSWORD })
  const script = bearer(server, await tokenOf(server, boss.user, [...ROLES.owner]))
  setClock(ELEVEN_MINUTES)
  for (const [ask, id] of [
    [boss.ask, 'me'],
    [boss.ask, boss.user.id],
    [script, boss.user.id],
  ] as const) {
    const change = (body: object) => ask('PATCH', `/v1/users/${id}`, body)
    for (const names of [{ email: 'thief@example.org' }, { handle: 'thief' }]) {
      const refused = await change(names)
      assert.deepEqual([refused.status, refused.body['code']], [401, 'login-required'], refused.text)
      const wrong = await change({ ...names, current_password: 'guess' })
      assert.deepEqual([wrong.status, wrong.body['code']], [403, 'login-failed'])
    }
    const password = await ask('POST', `/v1/users/${id}/password`, { password: 'stolen from you' })
    assert.deepEqual([password.status, password.body['code']], [403, 'login-failed'])
    assert.equal((await change({ first_name: 'Bo' })).status, 200)
    const email = `boss-${Math.random()}@example.org`
    const changed = await change({ email, current_password: PASSWORD })
    assert.deepEqual([changed.status, changed.body['email']], [200, email], changed.text)
  }
  assert.equal((await world.users.byId(boss.user.id))?.handle, 'boss')
  const none = await addUser(world, 'none')
  const other = await script('PATCH', `/v1/users/${none.id}`, { email: 'none@example.org' })
  assert.equal(other.status, 200, 'staff change others by their scope')
})

test('an account without a password gets one through a recent sign-in alone', async () => {
  const eve = await member(server, 'eve')
  setClock(ELEVEN_MINUTES)
  const late = await eve.ask('POST', '/v1/users/me/password', { password: 'a new password' })
  assert.deepEqual([late.status, late.body['code']], [401, 'login-required'])
  setClock(NINE_MINUTES)
  assert.equal((await eve.ask('POST', '/v1/users/me/password', { password: 'a new password' })).status, 200)
})

test('an application is handed over in a recently proven session only', async () => {
  const [boss, heir] = [await member(server, 'boss2', 'owner'), await member(server, 'heir')]
  const { client } = await application(server.world, ['read'], boss.user.id)
  setClock(2)
  const late = await boss.ask('PATCH', `/v1/clients/${client.id}`, { owner_id: heir.user.id })
  assert.deepEqual([late.status, late.body['code']], [401, 'login-required'])
  assert.equal((await boss.ask('PATCH', `/v1/clients/${client.id}`, { name: 'Renamed' })).status, 200)
  setClock(0)
  assert.equal((await boss.ask('PATCH', `/v1/clients/${client.id}`, { owner_id: heir.user.id })).status, 200)
})

test('guesses at the present password are counted, wherever it is asked for', async () => {
  await using limited = await testServer({ CLAVIGER_LIMITS: 'on' })
  stopClockOfLimits(limited)
  const gus = await member(limited, 'gus', 'user', { password: PASSWORD })
  setClock(ELEVEN_MINUTES)
  const statuses: number[] = []
  for (let i = 0; i < 12; i++) {
    const body = { email: 'thief@example.org', current_password: `guess ${i}` }
    statuses.push((await gus.ask('PATCH', '/v1/users/me', body)).status)
  }
  assert.deepEqual(statuses, [...Array(10).fill(403), 429, 429])
})

test('what makes a secret or takes rights needs a proof of ten minutes from every session, and from no credential of a script', async () => {
  const { world } = server
  const boss = await member(server, 'boss3', 'owner', { password: PASSWORD })
  const other = await addUser(world, 'other3')
  await withFactor(world, other)
  const script = bearer(server, await tokenOf(server, boss.user, [...ROLES.owner]))
  const { client } = await application(world, ['read'], boss.user.id)
  const key = async () =>
    (await script('POST', '/v1/credentials', { kind: 'api_key', name: 'k', owner_id: boss.user.id })).body
  const { id } = (await key())['credential'] as { id: string }
  setClock(ELEVEN_MINUTES)
  const deeds: [string, string, object?][] = [
    ['POST', '/v1/credentials', { kind: 'api_key', name: 'k', owner_id: 'me' }],
    ['PATCH', `/v1/credentials/${id}`, { name: 'Renamed' }],
    ['POST', `/v1/credentials/${id}/rotate`, {}],
    ['POST', `/v1/credentials/${id}/revoke`],
    ['POST', '/v1/credentials/revoke', { ids: [id] }],
    ['POST', '/v1/clients', { name: 'App', owner_id: 'me' }],
    ['PATCH', `/v1/clients/${client.id}`, { redirect_uris: ['https://thief.example/cb'] }],
    ['PATCH', `/v1/clients/${client.id}`, { active: false }],
    ['POST', `/v1/clients/${client.id}/secrets`, {}],
    ['DELETE', `/v1/clients/${client.id}`],
    ['POST', '/v1/users', { handle: 'newcomer3' }],
    ['PATCH', `/v1/users/${other.id}`, { email: 'thief@example.org' }],
    ['POST', `/v1/users/${other.id}/password`, { password: 'stolen from you' }],
    ['DELETE', `/v1/users/${other.id}/second-factor`],
    ['DELETE', `/v1/users/${other.id}`],
    ['POST', '/v1/signing-keys', {}],
  ]
  for (const [method, path, body] of deeds) {
    const late = await boss.ask(method, path, body)
    assert.deepEqual([late.status, late.body['code']], [401, 'login-required'], `${method} ${path}`)
  }
  assert.deepEqual((await boss.ask('POST', '/v1/session/proof', { password: 'guess' })).body['code'], 'login-failed')
  const proof = await boss.ask('POST', '/v1/session/proof', { password: PASSWORD })
  assert.equal(proof.status, 200, proof.text)
  assert.equal((await boss.ask('GET', '/v1/session')).body['proven_at'], proof.body['proven_at'])
  for (const [method, path, body] of deeds) {
    const { status, text } = await boss.ask(method, path, body)
    assert.ok(status < 300 || status === 404 || status === 409, `${method} ${path}: ${text}`)
  }
  assert.equal((await script('POST', '/v1/users', { handle: 'newcomer4' })).status, 201)
})
