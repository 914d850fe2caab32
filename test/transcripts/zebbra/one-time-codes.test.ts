import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testServer } from '../../kit/server.ts'
import { command } from '../../kit/warm-command.ts'
import { codeOf, zebbraClient } from '../../kit/zebbra.ts'

const server = await testServer()
after(() => server[Symbol.asyncDispose]())
const { call, refused, member, askToken } = zebbraClient(server)
const { world } = server
// One moment for all, so that no code of these tests falls between two steps.
const NOW = Math.floor(Date.now() / 30_000) * 30_000 + 5000
world.now = () => NOW
const at = (secret: string, later = 0) => codeOf(secret, { later, now: NOW })

const INVALID = 'OTP of Two-Factor Authentication is invalid'
const create = async (bearer: string): Promise<string> =>
  String((await call('POST', '/user/otp/create', { bearer })).body['secret'])
const validate = (bearer: string, otp: string) => call('POST', `/user/otp/validate?otp=${otp}`, { bearer })
const requires = async (username: string) =>
  (await call('GET', `/user/requiresOtp?username=${encodeURIComponent(username)}`)).body['message']

test('ZB-20 a new secret comes with its address for authenticators, and it is the one that counts', async () => {
  const { token, username } = await member()
  const told = await call('POST', '/user/otp/create', { bearer: token })
  assert.deepEqual(Object.keys(told.body), ['url', 'secret', 'issuer', 'name'])
  const { url, secret, issuer, name } = told.body as Record<string, string>
  assert.match(secret ?? '', /^[A-Z2-7]{32}$/)
  assert.deepEqual([issuer, name], ['Zebbra', username])
  assert.ok(url?.startsWith(`otpauth://totp/Zebbra:${encodeURIComponent(username)}?`), url)
  assert.equal(new URL(url ?? '').searchParams.get('secret'), secret)
  assert.equal((await validate(token, at(secret ?? ''))).body['valid'], true)
})

test('ZB-21 a right code is told so', async () => {
  const { token } = await member()
  const code = at(await create(token))
  const told = await validate(token, code)
  assert.deepEqual([told.status, told.text], [200, `{"otp":"${code}","valid":true}`])
})

test('ZB-02, ZB-03 and ZB-22 once a code was right, signing in needs one: right 200, missing or wrong 401 without a challenge', async () => {
  const { token, username } = await member()
  const secret = await create(token)
  assert.equal(await requires(username), 'OTP not required')
  assert.equal((await askToken(username)).status, 200)
  await validate(token, at(secret, -1))
  assert.equal(await requires(username), 'OTP required')
  await refused(askToken(username), 401, INVALID)
  await refused(askToken(username, { otp: '000000' }), 401, INVALID)
  assert.equal((await askToken(username, { otp: at(secret) })).status, 200)
})

test('ZB-23 a wrong code is no error, and switches nothing on', async () => {
  const { token, username } = await member()
  await create(token)
  const told = await validate(token, '000000')
  assert.deepEqual([told.status, told.text], [200, '{"otp":"000000","valid":false}'])
  assert.equal(await requires(username), 'OTP not required')
})

test('a code without a secret, and a request without a code, are refused', async () => {
  const { token } = await member()
  await refused(validate(token, '123456'), 400, 'OTP not set up.')
  await refused(call('POST', '/user/otp/validate', { bearer: token }), 422, [
    { loc: ['query', 'otp'], msg: 'field required', type: 'value_error.missing' },
  ])
})

test('a code counts once, at every door and for parallel requests alike', async () => {
  const { token, username } = await member()
  const secret = await create(token)
  await validate(token, at(secret, -1))
  const otp = at(secret)
  const answers = await Promise.all([1, 2, 3].map(() => askToken(username, { otp })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
  await refused(askToken(username, { otp }), 401, INVALID)
  await refused(askToken(username, { otp: at(secret, -1) }), 401, INVALID)
})

test('starting over with a stolen token switches nothing off: the old secret protects until the new one was right', async () => {
  const { token, username } = await member()
  const old = await create(token)
  await validate(token, at(old, -1))
  const fresh = await create(token)
  assert.equal(await requires(username), 'OTP required')
  await refused(askToken(username), 401, INVALID)
  await refused(askToken(username, { otp: at(fresh) }), 401, INVALID)
  assert.equal((await askToken(username, { otp: at(old) })).status, 200)
  assert.equal((await validate(token, at(fresh, 1))).body['valid'], true)
  await refused(askToken(username, { otp: at(old, 1) }), 401, INVALID)
})

test('an operator takes the codes off an account whose owner lost the device', async () => {
  const { token, username } = await member()
  await validate(token, at(await create(token)))
  const env = { CLAVIGER_DATA_DIR: server.dataDir }
  const { code } = await command(['user', 'second-factor', 'remove', '--yes', username], { env })
  assert.equal(code, 0)
  assert.equal((await askToken(username)).status, 200)
})

test('an unknown name needs no code, like most known ones', async () => {
  assert.equal(await requires('nobody@example.com'), 'OTP not required')
  await refused(call('GET', '/user/requiresOtp'), 422, [
    { loc: ['query', 'username'], msg: 'field required', type: 'value_error.missing' },
  ])
})

test('secrets of second factors are sealed in the database', async () => {
  const { token, username } = await member()
  const secret = await create(token)
  await validate(token, at(secret))
  const user = await world.users.byName(username)
  assert.equal(user?.secondFactor, true)
  const rows = await world.authenticators.ofUser(user.id)
  assert.deepEqual(rows.map(({ method }) => method).toSorted(), ['one-time-code', 'password'])
  assert.equal(JSON.stringify([user, rows]).includes(secret), false)
})
