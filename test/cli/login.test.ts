import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { after, test } from 'node:test'
import { createUser } from '../../src/core/users/create-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { tokenOf } from '../kit/admin.ts'
import { arrive, closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { eventually } from '../kit/eventually.ts'
import { type Machine, machine } from '../kit/machine.ts'
import { type TestServer, testServer } from '../kit/server.ts'

after(closeBrowser)

const PASSWORD = 'correct horse battery'
/** `claviger login` in one hand, a real browser in the other. */
async function logIn(mine: Machine, server: TestServer, answer: 'allow' | 'deny' = 'allow') {
  const child = mine.start(['login', '--no-browser', '--url', server.url, '--json'])
  let [said, stdout] = ['', '']
  child.stderr?.on('data', part => {
    said += part
  })
  child.stdout?.on('data', part => {
    stdout += part
  })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  await eventually(async () => /http\S+code_challenge=\S+/.test(said))
  const page = await openPage()
  await signInAt(page, /http\S+code_challenge=\S+/.exec(said)?.[0] ?? '', 'boss', PASSWORD)
  const consent = await page.locator('main').textContent()
  await arrive(page, () => page.click(`button[value=${answer}]`))
  const last = await page.locator('h1').textContent()
  await page.context().close()
  return { code: await ended, said, stdout, consent, last }
}

test('a person signs in with their browser, works at the server as themselves, and signs out there and here', async () => {
  await using server = await testServer()
  await using mine = await machine()
  await createUser(server.world, OPERATOR, { handle: 'boss', role: 'owner', password: PASSWORD })
  const login = await logIn(mine, server)
  assert.equal(login.code, 0, login.said)
  assert.match(String(login.consent), /Claviger command line/)
  assert.match(String(login.consent), /see and change the users of this server/)
  assert.match(String(login.last), /The command line has its answer/)
  assert.equal(JSON.parse(login.stdout).who, 'boss')

  assert.equal(statSync(mine.file).mode & 0o777, 0o600)
  const [name = '', context] = Object.entries(mine.stored().contexts)[0] ?? []
  const { access, refresh } = context ?? {}
  assert.ok(access && refresh)
  assert.equal(name, new URL(server.url).host)
  const users = await mine.run(['user', 'create', '--handle', 'ada', '--json'])
  assert.equal(users.json['handle'], 'ada', users.stderr)
  const whoami = await mine.run(['whoami', '--json'])
  assert.deepEqual([whoami.json['at'], whoami.json['who']], [server.url, 'boss'])
  const listed = await mine.run(['context', 'list', '--json'])
  for (const { stdout, stderr } of [users, whoami, listed, { stdout: login.stdout, stderr: login.said }])
    assert.ok(![access.token, refresh].some(secret => stdout.includes(secret) || stderr.includes(secret)))

  // An access token that has ended is refreshed once, also by two commands at the same time.
  const ended = mine.stored()
  Object.assign(ended.contexts[name]?.access ?? {}, { expiresAt: 0 })
  mine.store(ended)
  const both = await Promise.all([mine.run(['user', 'list', '--json']), mine.run(['user', 'get', 'ada', '--json'])])
  assert.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
    both.map(({ stderr }) => stderr).join(),
  )
  const renewed = mine.stored().contexts[name]
  assert.notEqual(renewed?.access?.token, access.token)
  assert.equal(statSync(mine.file).mode & 0o777, 0o600)

  assert.equal((await mine.run(['logout'])).code, 0)
  assert.deepEqual(mine.stored(), { contexts: {} })
  const { status } = await fetch(`${server.url}/v1/whoami`, {
    headers: { authorization: `Bearer ${renewed?.access?.token}` },
  })
  assert.equal(status, 401)
  const again = await mine.run(['logout'])
  assert.deepEqual([again.code, again.stdout], [2, ''])
  assert.match(again.stderr, /signed in nowhere/)
})

test('a person who says no in the browser is not signed in', async () => {
  await using server = await testServer()
  await using mine = await machine()
  await createUser(server.world, OPERATOR, { handle: 'boss', role: 'owner', password: PASSWORD })
  const denied = await logIn(mine, server, 'deny')
  assert.deepEqual([denied.code, denied.stdout], [4, ''])
  assert.equal((await mine.run(['context', 'list', '--json'])).stdout, '{"items":[],"next_cursor":null}\n')
})

test('a sign-in that was ended at the server says so and how to sign in again; a server that is down keeps the context', async () => {
  await using mine = await machine()
  const server = await testServer()
  await createUser(server.world, OPERATOR, { handle: 'boss', role: 'owner', password: PASSWORD })
  assert.equal((await logIn(mine, server)).code, 0)
  const boss = await server.world.users.byName('boss')
  for (const grant of await server.world.grants.ofUser(boss?.id ?? ''))
    await server.world.credentials.revokeGrant(grant.id, {
      at: Date.now(),
      event: 'revoked',
      about: 'grant',
      actor: 'operator',
    })
  const refused = await mine.run(['user', 'list'])
  assert.deepEqual([refused.code, refused.stdout], [4, ''])
  assert.match(refused.stderr, /has ended. Sign in again: claviger login --url http/)
  await server.stop()
  assert.equal((await mine.run(['user', 'list'])).code, 7)
  assert.equal((await mine.run(['logout'])).code, 7)
  const name = String(mine.stored().current)
  assert.equal((await mine.run(['context', 'remove', name])).code, 0)
  assert.equal((await mine.run(['context', 'remove', name])).code, 5)
})

test('a token from stdin signs in and is kept for its owner alone; several servers are contexts to choose from', async () => {
  await using server = await testServer()
  await using other = await testServer()
  await using mine = await machine()
  for (const [one, handle] of [
    [server, 'ada'],
    [other, 'eve'],
  ] as const) {
    const user = await createUser(one.world, OPERATOR, { handle, role: 'auditor' })
    const token = await tokenOf(one, user)
    const outcome = await mine.run(['login', '--with-token', '--url', one.url, '--json'], `${token}\n`)
    assert.equal(outcome.json['who'], handle, outcome.stderr)
    assert.ok(!`${outcome.stdout}${outcome.stderr}`.includes(token))
  }
  assert.equal(statSync(mine.file).mode & 0o777, 0o600)
  const who = async (...more: string[]) => (await mine.run(['whoami', '--json', ...more])).json['who']
  assert.equal(await who(), 'eve')
  assert.equal(await who('--url', server.url), 'ada')
  assert.equal((await mine.run(['context', 'use', new URL(server.url).host])).code, 0)
  assert.equal(await who(), 'ada')
  assert.equal(await who('--context', new URL(other.url).host), 'eve')
  assert.equal(await who('--local'), 'operator')

  for (const [words, input, code, sentence] of [
    [['login', '--with-token', '--url', server.url], 'clv_app_nonsense', 4, /whole, as it was shown/],
    [['login', '--with-token', '--url', server.url], '', 2, /where nothing came/],
    [['login', '--with-token', '--url', 'http://127.0.0.1:9'], 'x', 7, /cannot be reached/],
    [['context', 'use', 'none'], '', 5, /There is no context "none"/],
  ] as const) {
    const outcome = await mine.run([...words], input)
    assert.match(outcome.stderr, sentence)
    assert.deepEqual([outcome.code, outcome.stdout], [code, ''])
  }
  const out = await mine.run(['logout'])
  assert.match(out.stderr, /it was forgotten here and still works/)
  assert.equal((await mine.run(['login'])).code, 2)
})
