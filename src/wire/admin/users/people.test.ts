import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { asUser } from '../../../../test/kit/acts.ts'
import { bearer, clientToken, person, tokenOf } from '../../../../test/kit/admin.ts'
import { testServer } from '../../../../test/kit/server.ts'
import { openSession } from '../../../core/sign-in/sessions/open-session.ts'

const whoami = (url: string, token: string) =>
  fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status)

test('two users of one name cannot both be made, in any letter case, as handle or address', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'owner')
  const names = ['ada', 'ADA', 'Ada', 'ａｄａ']
  const answers = await Promise.all(names.map(handle => ask('POST', '/v1/users', { handle })))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409, 409, 409])
  await ask('POST', '/v1/users', { handle: 'bob', email: 'bob@a.example' })
  assert.equal((await ask('POST', '/v1/users', { handle: 'BOB@a.example' })).body['code'], 'name-taken')
})

test('passwords are neither cut nor endless, and a hash never leaves', async () => {
  await using server = await testServer()
  const { ask } = await person(server, 'boss', 'owner')
  for (const password of ['short', 'x'.repeat(1025), 'with\u0000nul'])
    assert.equal((await ask('POST', '/v1/users', { handle: 'ada', password })).status, 400)
  const long = randomBytes(500).toString('hex')
  const made = await ask('POST', '/v1/users', { handle: 'ada', password: long })
  assert.equal(made.body['has_password'], true)
  for (const answer of [made, await ask('GET', '/v1/users'), await ask('GET', `/v1/users/${made.body['id']}`)])
    assert.equal(/argon2|\$/.test(answer.text) || answer.text.includes(long.slice(0, 20)), false)
})

test('a person changes their password with the old one: other sessions end, this one and the keys stay', async () => {
  await using server = await testServer()
  const { ask, user } = await person(server, 'ada', 'user', { password: 'correct horse' })
  const other = await openSession(server.world, asUser(user), { methods: ['pwd'] })
  const key = await tokenOf(server, user, ['read'])
  const change = (current_password?: string) =>
    ask('POST', '/v1/users/me/password', { password: 'battery staple', ...(current_password && { current_password }) })
  assert.equal((await change()).status, 403)
  assert.equal((await change('wrong horse')).status, 403)
  assert.equal((await change('correct horse')).status, 200)
  assert.notEqual((await server.world.credentials.byId(other.credential.id))?.revokedAt, undefined)
  assert.equal((await ask('GET', '/v1/session')).status, 200)
  assert.equal(await whoami(server.url, key), 200)
})

test('a disabled user stops altogether and at once: sessions, keys; and is back when enabled', async () => {
  await using server = await testServer()
  const [boss, ada] = [await person(server, 'boss', 'owner'), await person(server, 'ada')]
  const key = await tokenOf(server, ada.user, ['read'])
  await boss.ask('PATCH', `/v1/users/${ada.user.id}`, { active: false })
  assert.deepEqual([await whoami(server.url, key), (await ada.ask('GET', '/v1/session')).status], [403, 401])
  await boss.ask('PATCH', `/v1/users/${ada.user.id}`, { active: true })
  assert.equal(await whoami(server.url, key), 200)
  await boss.ask('DELETE', `/v1/users/${ada.user.id}`)
  assert.equal(await whoami(server.url, key), 401)
  const again = await boss.ask('POST', '/v1/users', { handle: 'ada' })
  assert.notEqual(again.body['id'], ada.user.id)
  assert.notEqual(again.body['number'], ada.user.number)
})

test('a token does at most what its owner may do now: a lowered role takes its powers back at once', async () => {
  await using server = await testServer()
  const [boss, ada] = [await person(server, 'boss', 'owner'), await person(server, 'ada', 'admin')]
  const carrying = bearer(server, await tokenOf(server, ada.user, ['users:read']))
  const open = bearer(server, await tokenOf(server, ada.user))
  const machine = bearer(server, await clientToken(server, ['users:read'], ada.user.id))
  for (const ask of [carrying, open, machine]) assert.equal((await ask('GET', '/v1/users')).status, 200)
  await boss.ask('PATCH', `/v1/users/${ada.user.id}`, { role: 'user' })
  assert.deepEqual(
    [
      (await carrying('GET', '/v1/users')).status,
      (await open('GET', '/v1/users')).status,
      (await machine('GET', '/v1/users')).status,
      (await ada.ask('GET', '/v1/users')).status,
    ],
    [401, 403, 403, 403],
  )
})

test('nobody removes themselves or others as the last admin', async () => {
  await using server = await testServer()
  const { ask, user } = await person(server, 'boss', 'owner')
  const attempts = [
    await ask('PATCH', `/v1/users/${user.id}`, { role: 'user' }),
    await ask('PATCH', `/v1/users/${user.id}`, { active: false }),
    await ask('DELETE', `/v1/users/${user.id}`),
  ]
  for (const attempt of attempts) assert.equal(attempt.body['code'], 'state-conflict', attempt.text)
  assert.equal((await ask('GET', '/v1/session')).status, 200)
})

test('people see and end their own sessions and nobody else’s', async () => {
  await using server = await testServer()
  const [ada, eve] = [await person(server, 'ada'), await person(server, 'eve')]
  await openSession(
    server.world,
    { ...asUser(ada.user), from: { userAgent: 'Other/1.0', ip: '192.0.2.7' } },
    { methods: ['pwd'] },
  )
  const { items } = (await ada.ask('GET', '/v1/sessions?owner=me')).body as {
    items: { id: string; current: boolean }[]
  }
  assert.equal(items.length, 2)
  const [other] = items.filter(({ current }) => !current)
  assert.equal((await eve.ask('DELETE', `/v1/sessions/${other?.id}`)).status, 404)
  assert.equal((await ada.ask('DELETE', `/v1/sessions/${other?.id}`)).status, 200)
  assert.equal(((await ada.ask('GET', '/v1/sessions?owner=me')).body['items'] as unknown[]).length, 1)
})
