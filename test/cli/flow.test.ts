import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { tokenOf } from '../kit/admin.ts'
import { arrive, closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { emptyFolder, launch } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { application, issue, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

after(closeBrowser)

test('a flow is run against a server: each request, its answer and the curl are shown, and no secret is', async () => {
  await using server = await testServer()
  await using folder = await emptyFolder()
  const { client, secret } = await application(server.world, ['read'])
  const at = { env: { CLAVIGER_URL: server.url, CLAVIGER_TOKEN: 'unused' }, cwd: folder.path }
  const words = ['flow', 'client-credentials', '--client-id', client.id, '--secret-stdin', '--scope', 'read']
  const ran = await command(words, { ...at, input: `${secret}\n` })
  assert.equal(ran.code, 0, ran.stderr)
  const token = ran.stdout.trim()
  const whoami = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(whoami.status, 200)
  assert.match(ran.stderr, /> POST http\S+\/oauth2\/token\n> {3}grant_type=client_credentials/)
  assert.match(ran.stderr, /< 200 \{"access_token":"…"/)
  assert.match(ran.stderr, /curl http\S+ .*'grant_type=client_credentials'.*"client_secret=\$CLIENT_SECRET"/)
  for (const hidden of [secret, token]) assert.ok(!ran.stderr.includes(hidden))
  const wrong = await command(words, { ...at, input: 'clv_cs_wrong\n' })
  assert.deepEqual([wrong.code, wrong.stdout], [4, ''])
  assert.match(wrong.stderr, /< 401/)
  assert.equal((await command(['flow', 'client-credentials'], at)).code, 2)
})

test('the code flow goes through a real browser to tokens, which the refresh flow trades for new ones', async () => {
  await using server = await testServer()
  await using folder = await emptyFolder()
  await createUser(server.world, OPERATOR, { handle: 'ada', password: 'correct horse battery' })
  const { client } = await registerClient(server.world, OPERATOR, {
    name: 'Tool',
    redirectUris: ['http://127.0.0.1/callback'],
    scopes: ['read'],
    type: 'public',
    source: 'operator',
  })
  const at = { env: { CLAVIGER_URL: server.url, CLAVIGER_TOKEN: 'unused' }, cwd: folder.path }
  const child = launch(['flow', 'code', '--client-id', client.id, '--no-browser', '--json'], at)
  let [said, stdout] = ['', '']
  child.stderr?.on('data', part => {
    said += part
  })
  child.stdout?.on('data', part => {
    stdout += part
  })
  const ended = new Promise(resolve => child.once('close', resolve))
  await eventually(async () => /http\S+code_challenge=\S+\n/.test(said))
  const page = await openPage()
  await signInAt(page, /http\S+code_challenge=\S+/.exec(said)?.[0] ?? '', 'ada', 'correct horse battery')
  await arrive(page, () => page.click('button[value=allow]'))
  await page.context().close()
  assert.equal(await ended, 0, said)
  const { refresh_token } = JSON.parse(stdout) as { refresh_token: string }
  const renewed = await command(['flow', 'refresh', '--client-id', client.id, '--json'], {
    ...at,
    input: refresh_token,
  })
  assert.match(String(renewed.json['access_token']), /./, renewed.stderr)
  assert.notEqual(renewed.json['refresh_token'], refresh_token)
  assert.ok(!renewed.stderr.includes(refresh_token))
})

test('one look at a server tells whether it is ready and what is in it, and the live view who calls and who is refused', async () => {
  await using server = await testServer()
  await using folder = await emptyFolder()
  const owner = await createUser(server.world, OPERATOR, { handle: 'boss', role: 'owner' })
  const at = { env: { CLAVIGER_URL: server.url, CLAVIGER_TOKEN: await tokenOf(server, owner) }, cwd: folder.path }
  const status = await command(['status', '--json'], at)
  assert.deepEqual([status.code, status.json['server'], status.json['users']], [0, 'ready', 1], status.stderr)
  assert.equal(Date.parse(String(status.json['started_at'])) <= Date.now(), true)
  const local = await command(['status', '--json'], { env: { CLAVIGER_DATA_DIR: server.dataDir, CLAVIGER_PORT: '9' } })
  // Where it listens is known from the database, whatever this command was told of ports.
  assert.deepEqual([local.code, local.json['server'], local.json['users']], [0, 'ready', 1], local.stderr)
  assert.equal('started_at' in local.json, false, 'when a command began says nothing of the server')
  assert.equal((await command(['status', '--url', 'http://127.0.0.1:9'], at)).code, 7)

  const { presented } = await issue(server.world, 'api-key', await person(server.world, 'ada'))
  for (let i = 0; i < 3; i++)
    await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${presented}` } })
  await server.world.recorder.flush()
  const top = await command(['top', '--rounds', '1'], at)
  assert.equal(top.code, 0, top.stderr)
  assert.match(top.stdout, /\d+ passed, \d+ refused/)
  assert.match(top.stdout, / 3 {2}test \(clv_key_…\w+\) of ada/)
  assert.ok(!top.stdout.includes('\u001b'))

  const opened = await command(['open', 'portal'], at)
  assert.equal(opened.stdout, `${server.url}/developers\n`)
  assert.equal((await command(['open', 'nonsense'], at)).code, 2)
})
