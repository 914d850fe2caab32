import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import bcrypt from 'bcryptjs'
import { beginSecondFactor } from '../../src/core/sign-in/methods/begin-second-factor.ts'
import { confirmSecondFactor } from '../../src/core/sign-in/methods/confirm-second-factor.ts'
import { bearer, person as member } from '../kit/admin.ts'
import { addClient, addUser, giveCode, PASSWORD, pkce, redeem } from '../kit/cast.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'
import { codeOf } from '../kit/zebbra.ts'

/* The same password typed on another system: composed or decomposed umlauts, wide letters, ligatures, other spaces. */

const SPELLINGS = [
  ['Grüße vom Café', 'Gru\u0308\u00dfe vom Cafe\u0301'],
  ['Passwort 12345', 'Ｐａｓｓｗｏｒｔ\u3000１２３４５'],
  ['office file fly', 'o\ufb03ce \ufb01le \ufb02y'],
  ['\uac00\ub098\ub2e4\ub77c\ub9c8\ubc14', '\u1100\u1161\u1102\u1161\u1103\u1161\u1105\u1161\u1106\u1161\u1107\u1161'],
  ['a password here', 'a\u00a0password\u2007here'],
] as const

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.stop())

const form = (username: string, password: string) => new URLSearchParams({ username, password })
const post = async (path: string, body: BodyInit, headers = {}) =>
  (await fetch(server.url + path, { method: 'POST', body, headers })).status

/** Every door that a name and password open. */
const DOORS: Record<string, (name: string, password: string) => Promise<boolean>> = {
  '/token': async (name, password) => (await post('/token', form(name, password))) === 200,
  '/auth/token': async (name, password) => (await post('/auth/token', form(name, password))) === 200,
  '/token/new.json': async (name, password) => (await post('/token/new.json', form(name, password))) === 200,
  async '/login'(name, password) {
    const who = person(server.url)
    await who.visit('/login')
    return (await who.submit({ username: name, password })).url.endsWith('/account')
  },
}

let count = 0
for (const spelling of SPELLINGS)
  test(`"${spelling[0]}" opens every door, however it was typed when it was set and is typed now`, async () => {
    for (const [set, typed] of [spelling, spelling.toReversed() as [string, string]]) {
      const name = `user${++count}`
      await addUser(server.world, name, { password: set })
      for (const [path, opens] of Object.entries(DOORS)) {
        assert.equal(await opens(name, typed), true, path)
        assert.equal(await opens(name, set), true, path)
        assert.equal(await opens(name, `${typed}x`), false, path)
      }
    }
  })

test('accounts are made with the same password by every door, whichever way it was typed', async () => {
  const [composed, decomposed] = SPELLINGS[0]
  const made: Record<string, (name: string, password: string) => Promise<unknown>> = {
    async page(username, password) {
      const who = person(server.url)
      await who.visit('/register')
      await who.submit({ username, email: '', password })
    },
    zebbra: (username, password) =>
      post(
        '/register',
        JSON.stringify({ username, first_name: 'A', last_name: 'B', new_workspace_name: username, password }),
        { 'content-type': 'application/json' },
      ),
    command: (handle, password) =>
      command(['user', 'create', '--handle', handle, '--password-stdin'], {
        input: `${password}\n`,
        env: { CLAVIGER_DATA_DIR: server.dataDir },
      }),
    async api(handle, password) {
      const boss = await member(server, `boss${++count}`, 'owner')
      await boss.ask('POST', '/v1/users', { handle, password })
    },
  }
  for (const [how, make] of Object.entries(made)) {
    const name = how === 'zebbra' ? `member${++count}@example.com` : `${how}${++count}`
    await make(name, decomposed)
    assert.equal(await DOORS['/token']?.(name, composed), true, how)
  }
})

test('the present password is known in every spelling where it is asked for again', async () => {
  const [composed, decomposed] = SPELLINGS[0]
  const ann = await addUser(server.world, 'ann', { password: composed })
  const who = person(server.url)
  await who.visit('/login')
  await who.submit({ username: 'ann', password: decomposed })
  await who.visit('/account/password')
  assert.match((await who.submit({ old_password: decomposed, new_password: 'Zürich am See' })).url, /done=password/)

  const app = await addClient(server.world, { scopes: ['write'] })
  const { verifier, challenge } = pkce()
  const code = await giveCode(server.world, app.client, ann, challenge, { scopes: ['write'] })
  const { access_token = '' } = await redeem(server.url, app, code, verifier)
  const { status, text } = await bearer(server, access_token)('POST', '/api/v1/user/password_change', {
    old_password: 'Zu\u0308rich am See',
    new_password: decomposed,
  })
  assert.equal(status, 200, text)
  assert.equal(await DOORS['/token/new.json']?.('ann', composed), true)
})

test('a hash of the raw text, from before or from another system, opens by that text once, and then in every spelling', async () => {
  const { world } = server
  const [composed, decomposed] = SPELLINGS[0]
  for (const stored of [await bcrypt.hash(decomposed, 4), `bcrypt$${await bcrypt.hash(decomposed, 4)}`]) {
    const user = await addUser(world, `raw${++count}`)
    await world.users.change(
      user.id,
      { password: stored },
      { at: 0, event: 'changed', about: 'user', actor: 'operator' },
    )
    const opens = DOORS['/token']
    assert.equal(await opens?.(user.handle, composed), false)
    assert.equal(await opens?.(user.handle, decomposed), true)
    assert.equal(await opens?.(user.handle, composed), true)
  }
})

test('a byte order mark in front of what comes on stdin is no part of the password, and UTF-16 is read', async () => {
  const env = { CLAVIGER_DATA_DIR: server.dataDir }
  const password = 'Grüße vom Café'
  const utf16 = Buffer.from(`\ufeff${password}\r\n`, 'utf16le')
  const inputs = [Buffer.from(`\ufeff${password}\n`), utf16, Buffer.from(utf16).swap16(), Buffer.from(password)]
  for (const input of inputs) {
    const name = `stdin${++count}`
    const { code, stderr } = await command(['user', 'create', '--handle', name, '--password-stdin'], { input, env })
    assert.equal(code, 0, stderr)
    assert.equal(await DOORS['/token']?.(name, password), true)
    const again = await command(['user', 'password', name, '--password-stdin', '--yes'], { input, env })
    assert.equal(again.code, 0, again.stderr)
    assert.equal(await DOORS['/token']?.(name, password), true)
  }
  const latin1 = await command(['user', 'create', '--handle', 'latin', '--password-stdin'], {
    input: Buffer.from(password, 'latin1'),
    env,
  })
  assert.notEqual(latin1.code, 0)
  assert.match(latin1.stderr, /not UTF-8/)
})

test('the length of a password counts what is hashed', async () => {
  const boss = await member(server, `boss${++count}`, 'owner')
  const wide = await boss.ask('POST', '/v1/users', { handle: 'short', password: 'e\u0301'.repeat(5) })
  assert.deepEqual([wide.status, wide.body['code']], [400, 'password-unfit'])
})

test('a one-time code may be typed in wide digits', async () => {
  const { world } = server
  const moment = Date.now()
  const user = await addUser(world, 'wide')
  const act = { by: { is: 'user', user }, from: {} } as const
  world.now = () => moment
  const { secret } = await beginSecondFactor(world, act, { issuer: 'Here', label: 'wide' })
  await confirmSecondFactor(world, act, { code: codeOf(secret, { later: -1, now: moment }) })
  const wide = codeOf(secret, { now: moment }).replace(/\d/g, digit => String.fromCodePoint(0xff10 + Number(digit)))
  const body = new URLSearchParams({ username: 'wide', password: PASSWORD, otp: wide })
  assert.equal(await post('/token', body), 200)
  world.now = Date.now
})
