import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { issueTokenPair } from '../../../src/core/credentials/issue/issue-token-pair.ts'
import { revokeCredential } from '../../../src/core/credentials/revoke-credential.ts'
import { changeUser } from '../../../src/core/users/change-user.ts'
import { createUser } from '../../../src/core/users/create-user.ts'
import { setPassword } from '../../../src/core/users/set-password.ts'
import { DAY, SECOND } from '../../../src/model/span.ts'
import { OPERATOR } from '../../../src/model/users/actor.ts'
import type { User } from '../../../src/model/users/user.ts'
import { type Asking, caller, type Told } from '../../kit/call.ts'
import { stopClockOfLimits, testServer } from '../../kit/server.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { world } = server
const send = caller(server)

/** Every answer: JSON without a charset, no challenge, no CORS, no Allow, and nothing that a cache or a Referer keeps. */
async function call(method: string, path: string, asking: Asking = {}): Promise<Told> {
  const told = await send(method, path, asking)
  assert.equal(told.headers.get('content-type'), 'application/json')
  assert.equal(told.headers.get('cache-control'), 'no-store')
  assert.equal(told.headers.get('referrer-policy'), 'no-referrer')
  for (const name of ['www-authenticate', 'access-control-allow-origin', 'allow'])
    assert.equal(told.headers.get(name), null)
  return told
}
const refused = async (told: Promise<Told>, status: number, errors: string): Promise<void> => {
  const { status: got, text } = await told
  assert.deepEqual([got, text], [status, `{"success": false, "errors": ${JSON.stringify(errors)}}`])
}

const password = 'GGGGGG'
let count = 0
const newUser = (): Promise<User> => createUser(world, OPERATOR, { handle: `jpulgarin${++count}`, password })
const signIn = (user: User, asking: Asking = { form: { username: user.handle, password } }) =>
  call('POST', '/token/new.json', asking)
const tokenOf = async (user: User): Promise<string> => String((await signIn(user)).body['token'])
const check = (token: string, user: number | string, method = 'GET') => call(method, `/token/${token}/${user}.json`)
const WRONG = 'Token did not match user.'
const LOGIN = 'Unable to log you in, please try again'
const INCOMPLETE = "Must include 'username' and 'password' as POST parameters."

test("TA-01 a good pair of name and password gets token, user and success, in this order and with Python's spaces; the token itself is random", async () => {
  const user = await newUser()
  for (const asking of [
    { form: { username: user.handle, password } },
    { multipart: { username: user.handle, password } },
  ]) {
    const told = await signIn(user, asking)
    assert.equal(told.status, 200)
    assert.equal(told.text, `{"token": "${told.body['token']}", "user": ${user.number}, "success": true}`)
    assert.match(String(told.body['token']), /^[0-9a-z]{3}-[0-9a-f]{20}$/)
  }
})

test('the token starts with the day of its issue, counted from 2001-01-01 in base 36', async () => {
  const today = () => Math.floor((Date.now() - Date.UTC(2001, 0, 1)) / DAY)
  const before = today()
  const token = await tokenOf(await newUser())
  assert.ok([before, today()].includes(Number.parseInt(token.slice(0, 3), 36)), 'also at midnight')
})

for (const method of ['GET', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])
  test(`TA-02 ${method} with the pair in the query is refused with 405 and without Allow`, async () => {
    const { handle } = await newUser()
    const told = call(method, `/token/new.json?username=${handle}&password=${password}`)
    await refused(told, 405, 'Must access via a POST request.')
  })

test('TA-02 HEAD is refused with 405', async () => {
  assert.equal((await call('HEAD', '/token/new.json')).status, 405)
})

test('TA-03 an inactive user gets no token, in the words of a wrong password', async () => {
  const user = await newUser()
  await changeUser(world, OPERATOR, { userId: user.id, active: false })
  await refused(signIn(user), 401, LOGIN)
})

test('TA-04 a wrong password, an unknown user, and both', async () => {
  const { handle } = await newUser()
  for (const [username, wrong] of [
    [handle, 'AAAAAA'],
    ['j', password],
    ['j', 'AAAAAA'],
  ] as const)
    await refused(call('POST', '/token/new.json', { form: { username, password: wrong } }), 401, LOGIN)
})

test('TA-05 the pair in the address is right for GET, HEAD and POST, for no other method', async () => {
  const user = await newUser()
  const token = await tokenOf(user)
  assert.deepEqual([(await check(token, user.number)).text], ['{"success": true}'])
  assert.equal((await check(token, user.number, 'POST')).text, '{"success": true}')
  assert.equal((await check(token, user.number, 'HEAD')).status, 200)
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    assert.equal((await check(token, user.number, method)).status, 405)
})

test('TA-06 the token of one user is wrong for another, whether they exist or not', async () => {
  const [user, other] = [await newUser(), await newUser()]
  const token = await tokenOf(user)
  await refused(check(token, other.number), 401, WRONG)
  await refused(check(token, other.number + 1000, 'POST'), 401, WRONG)
  await refused(check(token, '9'.repeat(40)), 401, WRONG)
})

test('TA-07 a token that was changed in any way is wrong', async () => {
  const { number, ...user } = await newUser()
  const token = await tokenOf({ ...user, number })
  for (const changed of [[...token].reverse().join(''), token.toUpperCase(), `000${token.slice(3)}`])
    await refused(check(changed, number), 401, WRONG)
})

test('TA-08 the token of a user who was made inactive after its issue is wrong', async () => {
  const user = await newUser()
  const token = await tokenOf(user)
  await changeUser(world, OPERATOR, { userId: user.id, active: false })
  await refused(check(token, user.number, 'POST'), 401, WRONG)
})

test('TA-16 and TA-17 without a name or without a password, also empty', async () => {
  const { handle } = await newUser()
  const forms = [{ password }, { username: handle }, { username: '', password }, { username: handle, password: '' }]
  for (const form of forms)
    await refused(call('POST', '/token/new.json', { form: form as Record<string, string> }), 401, INCOMPLETE)
})

test('JSON and parameters in the address count as missing', async () => {
  const user = await newUser()
  await refused(signIn(user, { json: { username: user.handle, password } }), 401, INCOMPLETE)
  await refused(call('POST', `/token/new.json?username=${user.handle}&password=${password}`), 401, INCOMPLETE)
})

test('anything else below /token/ is told in the shape of the dialect; no slash gets into a token', async () => {
  const user = await newUser()
  const token = await tokenOf(user)
  const strange = [
    '/token/nothing',
    `/token/${token}/${user.handle}.json`,
    `/token/${token}x/${user.number}.json`,
    `/token/${token.slice(0, -1)}%2F/${user.number}.json`,
    `/token/${token}/${user.number}Xjson`,
    `/token/${token}/%D9%A1.json`,
  ]
  for (const path of strange) await refused(call('GET', path), 404, 'There is nothing at this address.')
})

test('several sign-ins give several tokens; ending one leaves the others', async () => {
  const user = await newUser()
  const [one, other] = [await tokenOf(user), await tokenOf(user)]
  assert.notEqual(one, other)
  const credentialId = world.vault.fingerprint(`${user.number}:${one}`).slice(0, 24)
  await revokeCredential(world, OPERATOR, { credentialId })
  await refused(check(one, user.number), 401, WRONG)
  assert.equal((await check(other, user.number)).status, 200)
})

test('a new password ends every token, as before', async () => {
  const user = await newUser()
  const token = await tokenOf(user)
  await setPassword(world, OPERATOR, { userId: user.id, password: 'HHHHHH', keys: 'keep' })
  await refused(check(token, user.number), 401, WRONG)
})

test('a token works on its day and the seven that follow, whatever the hour, and not on the eighth', async () => {
  const user = await newUser()
  const present = world.now
  const midnight = Date.UTC(2030, 0, 1)
  try {
    world.now = () => midnight + DAY - SECOND
    const token = await tokenOf(user)
    for (const [now, status] of [
      [midnight + 8 * DAY - 1, 200],
      [midnight + 8 * DAY, 401],
    ] as const) {
      world.now = () => now
      assert.equal((await check(token, user.number)).status, status)
    }
  } finally {
    world.now = present
  }
})

test('an operator settles the days of one token, until revoked among them', async () => {
  const user = await newUser()
  const present = world.now
  const today = await issueTokenPair(world, OPERATOR, { userId: user.id, days: 0 })
  const always = await issueTokenPair(world, OPERATOR, {
    userId: user.id,
    days: 'until-revoked',
    name: 'Robot',
  })
  assert.equal(always.credential.expiresAt, undefined)
  try {
    world.now = () => present() + DAY
    await refused(check(today.token, user.number), 401, WRONG)
    world.now = () => present() + 10_000 * DAY
    assert.equal((await check(always.token, user.number)).status, 200)
  } finally {
    world.now = present
  }
  const wrong = issueTokenPair(world, OPERATOR, { userId: user.id, days: -1 })
  await assert.rejects(wrong, { code: 'parameter-invalid' })
})

test('tokens are stored as fingerprints: the database never holds one', async () => {
  const user = await newUser()
  const token = await tokenOf(user)
  const { items } = await world.credentials.list({ userId: user.id }, { limit: 10 })
  assert.equal(items.length, 1)
  assert.equal(JSON.stringify(items).includes(token), false)
})

test('guessing passwords is slowed down, in the shape of the dialect', async () => {
  await using limited = await testServer({ CLAVIGER_LIMITS: 'on' })
  stopClockOfLimits(limited)
  const guess = { form: { username: 'jpulgarin', password: 'wrong' } }
  const answers = []
  for (let i = 0; i < 12; i++) answers.push(await caller(limited)('POST', '/token/new.json', guess))
  const last = answers.at(-1)
  assert.equal(last?.status, 429)
  assert.ok(Number(last?.headers.get('retry-after')) > 0)
  assert.deepEqual(Object.keys(last?.body ?? {}), ['success', 'errors'])
})
