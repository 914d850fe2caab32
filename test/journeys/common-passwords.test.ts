import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bearer, person as member } from '../kit/admin.ts'
import { addClient, addUser, giveCode, PASSWORD, pkce, redeem, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/* Passwords that are guessed first are not taken, by no door; the short ones of the documents' samples are, in development. */

const COMMON = [
  'password',
  'Password123!',
  '12345678',
  'qwertyuiop',
  'iloveyou',
  'aaaaaaaaaaaa',
  'ｐａｓｓｗｏｒｄ１２３',
]
const GOOD = ['correct horse battery', 'Zürich am See', 'a much better one', 'secret', 'GGGGGG']

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.stop())

let count = 0
const fresh = () => `person${++count}`
const env = () => ({ CLAVIGER_DATA_DIR: server.dataDir })

/** Every door where a password is set: true when it was taken. */
const DOORS: Record<string, (password: string) => Promise<boolean>> = {
  async 'claviger user create'(password) {
    const words = ['user', 'create', '--handle', fresh(), '--password-stdin']
    const { code, stderr } = await command(words, { input: password, env: env() })
    if (code !== 0) assert.match(stderr, /one of the first that are guessed/)
    return code === 0
  },
  async 'claviger user password'(password) {
    const { handle } = await addUser(server.world, fresh())
    const { code } = await command(['user', 'password', handle, '--password-stdin', '--yes'], {
      input: password,
      env: env(),
    })
    return code === 0
  },
  async 'POST /register of Zebbra'(password) {
    const name = `${fresh()}@example.com`
    const body = { username: name, first_name: 'A', last_name: 'B', new_workspace_name: name, password }
    const answer = await fetch(`${server.url}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (answer.status !== 200) assert.match(await answer.text(), /"detail":\[\{.*first that are guessed/)
    return answer.status === 200
  },
  async 'POST /user of Zebbra'(password) {
    const { handle } = await addUser(server.world, fresh())
    const form = new URLSearchParams({ username: handle, password: PASSWORD })
    const token = await fetch(`${server.url}/token`, { method: 'POST', body: form })
    const { access_token } = (await token.json()) as { access_token: string }
    return (await bearer(server, access_token)('POST', `/user?password=${encodeURIComponent(password)}`)).status === 200
  },
  async 'the page for new accounts'(password) {
    const who = person(server.url)
    await who.visit('/register')
    return (await who.submit({ username: fresh(), email: '', password })).url.endsWith('/account')
  },
  async 'the page for one’s own password'(password) {
    const { handle } = await addUser(server.world, fresh())
    const who = person(server.url)
    await who.visit('/login')
    await signIn(who, handle)
    await who.visit('/account/password')
    return (await who.submit({ old_password: PASSWORD, new_password: password })).url.endsWith('done=password')
  },
  async 'POST /v1/users'(password) {
    const boss = await member(server, fresh(), 'owner')
    return (await boss.ask('POST', '/v1/users', { handle: fresh(), password })).status === 201
  },
  async 'POST /v1/users/me/password'(password) {
    const boss = await member(server, fresh(), 'owner', { password: PASSWORD })
    const body = { password, current_password: PASSWORD }
    return (await boss.ask('POST', '/v1/users/me/password', body)).status === 200
  },
  async 'POST /api/v1/user/password_change'(password) {
    const user = await addUser(server.world, fresh())
    const app = await addClient(server.world, { scopes: ['write'] })
    const { verifier, challenge } = pkce()
    const code = await giveCode(server.world, app.client, user, challenge, { scopes: ['write'] })
    const { access_token = '' } = await redeem(server.url, app, code, verifier)
    const body = { old_password: PASSWORD, new_password: password }
    return (await bearer(server, access_token)('POST', '/api/v1/user/password_change', body)).status === 200
  },
}

for (const [name, set] of Object.entries(DOORS))
  test(`${name}: common passwords are refused, others and those of the samples are taken`, async () => {
    for (const password of COMMON) assert.equal(await set(password), false, password)
    for (const password of GOOD) assert.equal(await set(password), true, password)
  })

test('a password made of the names of its user or of this server is refused', async () => {
  const boss = await member(server, fresh(), 'owner')
  const make = (handle: string, email: string, password: string) =>
    boss.ask('POST', '/v1/users', { handle, email, password })
  for (const password of ['wolfeschlegel', 'Wolfeschlegel1', 'steinhausen@example.org', 'steinhausen', 'claviger']) {
    const { status, body } = await make('wolfeschlegel', 'steinhausen@example.org', password)
    assert.deepEqual([status, body['code']], [400, 'password-unfit'], password)
  }
  assert.equal((await make('wolfeschlegel', 'steinhausen@example.org', 'anderer Leute Katzen')).status, 201)
})

test('in production short ones are judged, too, where the operator allows them', async () => {
  await using strict = await testServer()
  strict.world.rules.production = true
  const boss = await member(strict, 'boss', 'owner')
  const make = async (password: string) => (await boss.ask('POST', '/v1/users', { handle: fresh(), password })).status
  for (const password of ['secret', 'GGGGGG', '123456']) assert.equal(await make(password), 400, password)
  assert.equal(await make('kX9#vq3~T'), 201)
})
