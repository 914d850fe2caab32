import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { NOUNS } from '../../src/cli/program/nouns.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import { MINUTE } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { tokenOf } from '../kit/admin.ts'
import { emptyFolder, type Outcome } from '../kit/command.ts'
import { withFactor } from '../kit/second-factor.ts'
import { type TestServer, testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'

/** The same command at the machine, and at the server with the token of an owner. */
async function bothWays(server: TestServer) {
  const owner = await createUser(server.world, OPERATOR, { handle: 'boss', role: 'owner' })
  const token = await tokenOf(server, owner)
  const elsewhere = await emptyFolder()
  const settings = { CLAVIGER_URL: server.url, CLAVIGER_TOKEN: token }
  return {
    here: (words: string[], input = ''): Promise<Outcome> =>
      command(words, { env: { CLAVIGER_DATA_DIR: server.dataDir, CLAVIGER_URL: server.url }, input }),
    there: (words: string[], input = ''): Promise<Outcome> =>
      command(words, { env: settings, cwd: elsewhere.path, input }),
    token,
    folder: elsewhere.path,
    [Symbol.asyncDispose]: elsewhere[Symbol.asyncDispose],
  }
}

test('a command makes, shows and ends the same things at a server as at its machine, in the same words', async () => {
  await using server = await testServer()
  await using ways = await bothWays(server)
  const made = async (words: string[], input = '') => {
    const outcome = await ways.there([...words, '--json'], input)
    assert.equal(outcome.code, 0, `${words.join(' ')}: ${outcome.stderr}`)
    return outcome.json
  }
  await made(['user', 'create', '--handle', 'ada', '--email', 'ada@example.com', '--password-stdin'], 'correct horse\n')
  await made(['api', 'create', '--audience', 'https://orders.example', '--name', 'Orders', '--scope', 'read write'])
  const app = await made([
    'app',
    'create',
    '--name',
    'Site',
    '--redirect-uri',
    'https://a.example/cb',
    '--owner',
    'ada',
  ])
  assert.match(String(app['client_secret']), /^clv_cs_/)
  const key = await made(['key', 'create', '--user', 'ada', '--name', 'ci', '--scope', 'read', '--expires', '90d'])
  assert.match(String(key['key']), /^clv_key_/)
  await made(['gate', 'create', 'orders', '--scope', 'read'])
  await made(['scope', 'create', 'read', '--sentence', 'see your orders'])
  await made(['user', 'disable', '--yes', 'ada'])
  await made(['user', 'enable', 'ada'])
  for (const words of [
    ['user', 'get', 'ada@example.com'],
    ['user', 'delete', 'ada', '--dry-run'],
    ['credential', 'revoke-all', '--user', 'ada', '--dry-run'],
    ['app', 'delete', String(app['client_id']), '--dry-run'],
    ['user', 'list', '--search', 'a'],
    ['app', 'get', String(app['client_id'])],
    ['app', 'list', '--owner', 'ada'],
    ['api', 'list'],
    ['api', 'get', 'https://orders.example/'],
    ['credential', 'list', '--user', 'ada'],
    ['key', 'get', String(key['id'])],
    ['gate', 'get', 'orders'],
    ['scope', 'list'],
    ['grant', 'list', '--user', 'ada'],
    ['session', 'list'],
    ['signing-key', 'list'],
    ['usage', 'ages'],
  ]) {
    const [here, there] = [await ways.here(words), await ways.there(words)]
    assert.deepEqual([there.code, there.stdout, there.stderr], [here.code, here.stdout, here.stderr], words.join(' '))
    assert.notEqual(there.stdout, '', words.join(' '))
  }
  const [checked, explained] = [
    await ways.there(['verify', '--scope', 'read', '--json'], String(key['key'])),
    await ways.there(['explain', '--scope', 'write'], String(key['key'])),
  ]
  assert.equal(checked.json['kind'], 'api_key')
  assert.equal(checked.stdout, (await ways.here(['verify', '--scope', 'read', '--json'], String(key['key']))).stdout)
  assert.equal(explained.code, 8)
  assert.match(explained.stdout, /FAIL/)
  assert.equal((await made(['credential', 'revoke', '--yes', String(key['id'])]))['status'], 'revoked')
  const journal = await made(['journal', 'list', '--credential', String(key['id'])])
  assert.ok(JSON.stringify(journal).includes('revoked'))
  assert.ok(!JSON.stringify(journal).includes('"operator"'), 'the token is who acted')
})

test('what a server refuses has the exit code and the sentence that it has at the machine', async () => {
  await using server = await testServer()
  await using ways = await bothWays(server)
  await createUser(server.world, OPERATOR, { handle: 'ada' })
  for (const words of [
    ['user', 'get', 'nobody'],
    ['app', 'get', 'clv_cid_none'],
    ['api', 'get', 'https://none.example'],
    ['credential', 'get', '000000000000000000000000'],
    ['credential', 'get', '..'],
    ['gate', 'delete', '--yes', 'none'],
    ['user', 'create', '--handle', 'boss'],
    ['user', 'create', '--handle', 'bad handle'],
    ['user', 'second-factor', 'remove', '--yes', 'nobody'],
    ['user', 'second-factor', 'remove', '--yes', 'ada'],
    ['key', 'create', '--user', 'boss', '--name', 'k', '--network', 'nowhere'],
    ['explain', '--request-id', 'mwpzbeuu9a53dc1e0000002'],
  ]) {
    const [here, there] = [await ways.here(words), await ways.there(words)]
    assert.notEqual(here.code, 0)
    assert.deepEqual(
      [there.code, there.stderr.split('\n')[0]],
      [here.code, here.stderr.split('\n')[0]],
      words.join(' '),
    )
  }
  const named = await ways.there(['user', 'get', 'nobody', '--json'])
  const { error } = JSON.parse(named.stderr) as { error: Record<string, unknown> }
  assert.deepEqual([error['code'], error['exit']], ['user-unknown', 5])
})

test('a server that is down, that is none, that does not know the token or gives it too little is said in a sentence with its exit code', async () => {
  await using server = await testServer()
  await using ways = await bothWays(server)
  const other = createServer((_, answer) => answer.writeHead(302, { location: 'https://login.example' }).end())
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const narrow = await tokenOf(server, await createUser(server.world, OPERATOR, { handle: 'eve', role: 'auditor' }))
  const cases: [Record<string, string>, string[], number, RegExp][] = [
    [{ CLAVIGER_URL: 'http://127.0.0.1:9' }, ['user', 'list'], 7, /http:\/\/127\.0\.0\.1:9 cannot be reached/],
    [
      { CLAVIGER_URL: `http://127.0.0.1:${port}` },
      ['user', 'list'],
      7,
      /not the address of a Claviger server: it sends on/,
    ],
    [{ CLAVIGER_TOKEN: 'clv_app_nonsense' }, ['user', 'list'], 4, /credential is (malformed|not known)/],
    [{ CLAVIGER_TOKEN: narrow }, ['user', 'create', '--handle', 'x'], 4, /scope/],
    [{ CLAVIGER_TOKEN: '' }, ['user', 'list', '--url', server.url], 4, /not signed in at .*claviger login --url/],
    [{}, ['user', 'list', '--url', 'ftp://x'], 2, /--url must be an absolute http or https URL/],
    [{}, ['user', 'list', '--url', server.url, '--local'], 2, /names another place/],
    [{}, ['user', 'list', '--context', 'none'], 5, /There is no context "none"/],
  ]
  for (const [more, words, code, sentence] of cases) {
    const env = { CLAVIGER_URL: server.url, CLAVIGER_TOKEN: ways.token, ...more }
    const outcome = await command(words, { env, cwd: ways.folder })
    assert.match(outcome.stderr, sentence)
    assert.equal(outcome.code, code, outcome.stderr)
    assert.equal(outcome.stdout, '')
  }
  other.close()
})

test('the second factor of a user who lost the device is removed at a server as at its machine', async () => {
  await using server = await testServer()
  await using ways = await bothWays(server)
  const remove = ['user', 'second-factor', 'remove', 'ada']
  const ada = await createUser(server.world, OPERATOR, { handle: 'ada' })
  const outcomes: Outcome[] = []
  const { now } = server.world
  for (const [turn, way] of [ways.here, ways.there].entries()) {
    // A code of one time serves once.
    server.world.now = () => now() + turn * MINUTE
    await withFactor(server.world, ada)
    assert.equal((await way([...remove, '--dry-run'])).code, 0)
    assert.equal((await server.world.users.byId(ada.id))?.secondFactor, true)
    outcomes.push(await way([...remove, '--yes']))
    assert.equal((await server.world.users.byId(ada.id))?.secondFactor, false)
  }
  const [here, there] = outcomes
  assert.deepEqual([there?.code, there?.stdout, there?.stderr], [0, here?.stdout, here?.stderr])
})

/** Verbs that work at the machine alone. */
const ONLY_HERE = [
  'start',
  'import django',
  'import end',
  'view list',
  'view create',
  'view delete',
  'setup-link',
  'mcp check',
  'migrate status',
  'migrate up',
  'upgrade status',
  'upgrade finish',
  'doctor',
  'seed',
  'openapi',
  'completion bash',
  'completion zsh',
  'completion fish',
  'version',
]

test('the commands for the machine alone are these, and each says why when a server is named', async () => {
  const found: string[] = []
  for (const [noun, { load }] of Object.entries(NOUNS))
    for (const { at, onlyHere } of (await load()).verbs)
      if (onlyHere !== undefined) found.push(`${noun} ${at.replace(/ ?<.*/, '')}`.trim())
  assert.deepEqual(found, ONLY_HERE)
  await using folder = await emptyFolder()
  for (const words of [['migrate', 'status'], ['seed'], ['openapi']]) {
    const outcome = await command([...words, '--url', 'http://127.0.0.1:9'], { cwd: folder.path })
    assert.deepEqual([outcome.code, outcome.stdout], [2, ''])
    assert.match(outcome.stderr, /--url has no meaning for this command: /)
  }
})
