import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { AuthError } from '../../src/guard/answer/auth-error.ts'
import { openGuard } from '../../src/guard/decide/guard.ts'
import { webCarrier } from '../../src/guard/request/carriers.ts'
import { person as admin } from '../kit/admin.ts'
import { caller } from '../kit/call.ts'
import { addClient, addUser, giveCode, pkce, redeem, refresh } from '../kit/cast.ts'
import { emptyFolder, installationFolder } from '../kit/command.ts'
import { api, issue } from '../kit/house.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* Secrets that were copied with too much around them: a scheme in front, a line break. They are refused, and it is said why. */

const SCHEME = /begins with the name of a scheme, such as Bearer/
const LINE = /line break/

let server: TestServer
let app: RegisteredClient
let key: string
let access: { clientId: string; clientSecret: string }

before(async () => {
  server = await testServer()
  app = await addClient(server.world)
  key = (await issue(server.world, 'api-key', await addUser(server.world))).presented
  access = await api(server)
})
after(() => server.stop())

const spoilt = (secret: string): [string, RegExp][] => [
  [`Bearer ${secret}`, SCHEME],
  [`bearer  ${secret}`, SCHEME],
  [`Token ${secret}`, SCHEME],
  [`${secret.slice(0, 20)}\n${secret.slice(20)}`, LINE],
  [`${secret.slice(0, 20)}\r\n${secret.slice(20)}`, LINE],
]
const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

test('a credential in a header with a scheme too many is told so, by the server and by a guard', async () => {
  const cases: Record<string, string>[] = [
    { 'x-api-key': `Bearer ${key}` },
    { 'x-api-key': `ApiKey ${key}` },
    { authorization: `Bearer Bearer ${key}` },
    { authorization: `bearer Token ${key}` },
  ]
  const guard = openGuard({ server })
  for (const headers of cases) {
    const { status, body } = await caller(server)('GET', '/v1/whoami', { headers })
    assert.equal(status, 400)
    assert.match(String(body['hint']), SCHEME)
    assert.match(String(body['error_description']), SCHEME)
    const managed = await caller(server)('GET', '/v1/users', { headers })
    assert.equal(managed.status, 401)
    assert.match(String(managed.body['detail']), SCHEME)
    await assert.rejects(guard.check(webCarrier({ headers: new Headers(headers), url: '/' })), error => {
      assert.ok(error instanceof AuthError)
      assert.match(JSON.stringify(error.body), SCHEME)
      assert.ok(!JSON.stringify(error.body).includes(key), 'the credential is not repeated')
      return error.status === 400
    })
  }
})

test('a line break inside a key in the address is told so', async () => {
  const { status, body } = await caller(server)('GET', `/v1/whoami?api_key=${key.slice(0, 20)}%0A${key.slice(20)}`)
  assert.equal(status, 400)
  assert.match(String(body['hint']), LINE)
  assert.equal((await caller(server)('GET', `/v1/whoami?api_key=${key}%0A`)).status, 200, 'around it, it is left out')
})

test('verify says it beside its verdict, for the credential alone and for reported headers', async () => {
  const verify = async (json: object) => {
    const headers = { authorization: basic(access.clientId, access.clientSecret) }
    const { status, body } = await caller(server)('POST', '/v1/verify', { headers, json })
    assert.deepEqual([status, body['active'], body['reason']], [200, false, 'malformed'])
    return String(body['hint'])
  }
  for (const [credential, says] of [...spoilt(key), [`${key}\n`, LINE] as const])
    assert.match(await verify({ credential }), says, JSON.stringify(credential))
  for (const [value, says] of spoilt(key)) assert.match(await verify({ headers: { 'x-api-key': value } }), says)
  assert.match(await verify({ headers: { authorization: `Bearer ${key}\n` } }), LINE)
})

test('client secrets, codes and refresh tokens with too much around them are refused as ever, and told so', async () => {
  const { verifier, challenge } = pkce()
  const user = await addUser(server.world, 'bob')
  const code = await giveCode(server.world, app.client, user, challenge)
  const secret = app.secret as string
  for (const [wrong, says] of [...spoilt(secret), [`${secret}\n`, LINE] as const]) {
    const form = { grant_type: 'client_credentials' }
    const byHeader = await caller(server)('POST', '/oauth2/token', {
      headers: { authorization: basic(app.client.id, wrong) },
      form,
    })
    const byBody = await caller(server)('POST', '/oauth2/token', {
      form: { ...form, client_id: app.client.id, client_secret: wrong },
    })
    const unknown = await caller(server)('POST', '/oauth2/token', {
      form: { ...form, client_id: 'nobody', client_secret: wrong },
    })
    for (const { status, body } of [byHeader, byBody, unknown]) {
      assert.deepEqual([status, body['error']], [401, 'invalid_client'])
      assert.match(String(body['error_description']), says, JSON.stringify(wrong))
    }
  }
  for (const [wrong, says] of spoilt(code)) {
    const { error, error_description } = await redeem(server.url, app, wrong, verifier)
    assert.equal(error, 'invalid_grant')
    assert.match(error_description ?? '', says)
  }
  const { refresh_token = '' } = await redeem(server.url, app, code, verifier)
  for (const [wrong, says] of spoilt(refresh_token)) {
    const { error, error_description } = await refresh(server.url, app, wrong)
    assert.equal(error, 'invalid_grant')
    assert.match(error_description ?? '', says)
  }
  assert.equal((await refresh(server.url, app, refresh_token)).status, 200)
})

test('a token that was copied wrongly is not believed to be revoked', async () => {
  for (const path of ['/oauth2/revoke', '/oauth/revoke'])
    for (const [token, says] of spoilt(key)) {
      const form = { token, client_id: app.client.id, client_secret: app.secret as string }
      const { status, body } = await caller(server)('POST', path, { form })
      assert.equal(status, 400, path)
      assert.match(String(body['error_description']), says)
    }
})

test('an operator who pastes a header to have it explained is told so', async () => {
  const boss = await admin(server, 'boss', 'owner')
  for (const [credential, says] of spoilt(key)) {
    const { status, body } = await boss.ask('POST', '/v1/explain', { credential })
    assert.equal(status, 400)
    assert.match(String((body as { detail: string }).detail), says)
  }
})

test('the command line says so about what comes on stdin, and a password is one line', async () => {
  await using folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  for (const verb of ['verify', 'explain'])
    for (const [input, says] of [[`Bearer ${key}\n`, SCHEME] as const, [`${key}\n${key}`, LINE] as const]) {
      const { code, stderr } = await command([verb], { env, input })
      assert.equal(code, 2, stderr)
      assert.match(stderr, says)
      assert.ok(!stderr.includes(key))
    }
  const make = (input: string) => command(['user', 'create', '--handle', 'ann', '--password-stdin'], { env, input })
  const two = await make('correct horse\nbattery staple\n')
  assert.equal(two.code, 2)
  assert.match(two.stderr, /one line/)
  assert.equal((await make('correct horse battery\r\n')).code, 0)
})

test('settings with a line break in a secret that is sent in a header stop the start of server and guard', async () => {
  const { clientSecret, clientId } = access
  for (const wrong of [`Bearer ${clientSecret}`, `${clientSecret}\n`])
    assert.throws(
      () => openGuard({ url: server.url, clientId, clientSecret: wrong }),
      /"clientSecret" must be the secret alone/,
    )
  await using folder = await emptyFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_METRICS_TOKEN: 'a token with spaces in it' }
  const { code, stderr } = await command(['start', '--port', '0'], { env })
  assert.equal(code, 3)
  assert.match(stderr, /CLAVIGER_METRICS_TOKEN must have at least 16 characters, all of them visible ASCII/)
})
