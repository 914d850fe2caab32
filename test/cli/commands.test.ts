import assert from 'node:assert/strict'
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DAY } from '../../src/model/span.ts'
import { emptyFolder, installationFolder, type Outcome } from '../kit/command.ts'
import { command } from '../kit/warm-command.ts'

/** A folder of its own and the commands over it. */
async function installation() {
  const folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  const run = (words: string[], input?: string): Promise<Outcome> =>
    command(words, { env, ...(input !== undefined && { input }) })
  return {
    path: folder.path,
    run,
    /** The JSON answer of a command that must work. */
    async ask(words: string[], input?: string) {
      const outcome = await run([...words, '--json'], input)
      assert.equal(outcome.code, 0, outcome.stderr)
      return outcome.json
    },
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  }
}

test('a person gets an account, a token and a key; what is revoked or theirs while disabled does not verify', async () => {
  await using local = await installation()
  const user = await local.ask(
    ['user', 'create', '--handle', 'ada', '--email', 'ada@example.com', '--role', 'admin', '--password-stdin'],
    'correct horse\n',
  )
  assert.match(String(user['id']), /^[0-9a-f]{24}$/)
  assert.equal(user['number'], 1)
  assert.deepEqual([user['handle'], user['email'], user['active']], ['ada', 'ada@example.com', true])

  const token = await local.ask(['token', 'create', '--user', 'ada', '--name', 'ci', '--scope', 'read users:read'])
  assert.match(String(token['token']), /^clv_app_[0-9A-Za-z]{38}$/)
  assert.equal(token['expires_at'], null)
  const key = await local.ask(['key', 'create', '--user', 'ada@example.com', '--name', 'k', '--expires', '90d'])
  assert.match(String(key['key']), /^clv_key_/)
  const life = Date.parse(String(key['expires_at'])) - Date.now()
  assert.ok(life > 89 * DAY && life <= 90 * DAY)

  const verdict = await local.ask(['verify', '--scope', 'read'], String(token['token']))
  assert.equal(verdict['active'], true)
  assert.equal(verdict['kind'], 'application_token')
  const narrow = await local.run(['verify', '--scope', 'write', '--json'], String(token['token']))
  assert.deepEqual([narrow.code, narrow.json['reason']], [8, 'insufficient_scope'])

  await local.ask(['user', 'disable', '--yes', 'ada'])
  assert.equal((await local.run(['verify', '--json'], String(key['key']))).json['reason'], 'owner_disabled')
  await local.ask(['user', 'enable', 'ada'])
  await local.ask(['credential', 'revoke', '--yes', String(token['id'])])
  const explained = await local.run(['explain'], String(token['token']))
  assert.equal(explained.code, 8)
  assert.match(explained.stdout, /FAIL {2}not revoked/)

  const listed = (await local.ask(['credential', 'list', '--user', 'ada'])) as { items: { status: string }[] }
  assert.deepEqual(listed.items.map(({ status }) => status).sort(), ['active', 'revoked'])
  assert.ok(!JSON.stringify(listed).includes(String(token['token'])))
})

test('an application and an API get their ids and secrets once, and the defaults that fit them', async () => {
  await using local = await installation()
  const site = await local.ask([
    'app',
    'create',
    '--name',
    'Site',
    '--redirect-uri',
    'https://a.example/cb',
    '--scope',
    'read',
  ])
  assert.deepEqual(site['grant_types'], ['authorization_code', 'refresh_token', 'client_credentials'])
  assert.match(String(site['client_secret']), /^clv_cs_/)
  const phone = await local.ask([
    'app',
    'create',
    '--name',
    'Phone',
    '--public',
    '--redirect-uri',
    'urn:ietf:wg:oauth:2.0:oob',
  ])
  assert.deepEqual(phone['grant_types'], ['authorization_code', 'refresh_token'])
  assert.ok(!('client_secret' in phone))
  const id = String(site['client_id'])
  const rotated = await local.ask(['app', 'secret', 'rotate', '--yes', id])
  assert.notEqual(rotated['client_secret'], site['client_secret'])
  assert.ok(!('client_secret' in (await local.ask(['app', 'get', id]))))
  await local.ask(['app', 'delete', '--yes', id])
  assert.equal((await local.run(['app', 'get', id])).code, 5)

  const api = await local.ask([
    'api',
    'create',
    '--audience',
    'https://api.example',
    '--name',
    'API',
    '--token-format',
    'jwt',
  ])
  assert.deepEqual([api['audience'], api['token_format']], ['https://api.example', 'jwt'])
  assert.ok(api['client_id'] && api['client_secret'])
  const twice = ['api', 'create', '--audience', 'https://api.example/', '--name', 'Again', '--json']
  assert.equal((await local.run(twice)).code, 6)
})

test('a wrong command line says what is meant, a failure is one JSON value on stderr, and stdout stays empty', async () => {
  await using local = await installation()
  const [noun, verb, option, unknown, taken] = [
    await local.run(['usr', 'list']),
    await local.run(['user', 'creat', '--json']),
    await local.run(['token', 'create', '--user', 'ada', '--name', 'x', '--expires', 'soon', '--json']),
    await local.run(['user', 'get', 'nobody', '--json']),
    await local.run(['user', 'create', '--handle', 'ada']).then(() => local.run(['user', 'create', '--handle', 'ADA'])),
  ]
  assert.deepEqual([noun.code, verb.code, option.code, unknown.code, taken.code], [2, 2, 2, 5, 6])
  assert.match(noun.stderr, /Did you mean user\?/)
  assert.match(verb.stderr, /Did you mean create\?/)
  for (const { stdout } of [noun, verb, option, unknown, taken]) assert.equal(stdout, '')
  const { error } = JSON.parse(unknown.stderr) as { error: Record<string, unknown> }
  assert.deepEqual(Object.keys(error), ['code', 'message', 'hint', 'exit'])
  assert.deepEqual([error['code'], error['exit']], ['user-unknown', 5])
})

test('a value that cannot be used is named with what would do, and nothing is made of it', async () => {
  await using local = await installation()
  await local.ask(['user', 'create', '--handle', 'ada'])
  const key = ['key', 'create', '--user', 'ada', '--name', 'x', '--expires']
  const cases: [words: string[], code: number, says: RegExp, input?: string][] = [
    [[...key, '2027-02-31'], 2, /--expires must be a day that exists/],
    [['key', 'create', '--user', 'ada', '--name', ''], 2, /parameter is missing: name\./],
    [[...key, 'soon'], 2, /--expires must be a time such as 90d.*a day such as 2027-01-31, or never/],
    [['journal', 'list', '--since', 'never'], 2, /--since must be a time such as 24h, today, .*; not "never"/],
    [['user', 'list', '--cursor', 'zzz'], 2, /cursor is not one of this list/],
    [['api', 'get', 'https://none.example'], 5, /claviger api list/],
    [['verify'], 2, /stdin is longer than 64 KiB/, 'a'.repeat(70_000)],
  ]
  for (const [words, code, says, input] of cases) {
    const outcome = await local.run(words, input)
    assert.equal(outcome.code, code, words.join(' '))
    assert.match(outcome.stderr, says)
  }
  assert.deepEqual((await local.ask(['key', 'list']))['items'], [])
})

test('a key bound to a network is judged from the address that is named', async () => {
  await using local = await installation()
  await local.ask(['user', 'create', '--handle', 'ada'])
  const { key } = await local.ask(['key', 'create', '--user', 'ada', '--name', 'x', '--network', '10.0.0.0/8'])
  const from = async (ip: string) => (await local.run(['explain', '--ip', ip], String(key))).stdout.split('\n')[0]
  assert.equal(await from('10.1.2.3'), 'active')
  assert.equal(await from('192.0.2.1'), 'not active: network_not_allowed')
  assert.equal((await local.run(['verify', '--ip', '10.1'], String(key))).code, 2)
})

test('what was deleted is said to be gone, and is', async () => {
  await using local = await installation()
  await local.ask(['user', 'create', '--handle', 'ada'])
  const { client_id } = await local.ask(['app', 'create', '--name', 'Site'])
  await local.ask(['api', 'create', '--audience', 'https://api.example', '--name', 'API'])
  for (const words of [
    ['user', 'delete', '--yes', 'ada'],
    ['app', 'delete', '--yes', String(client_id)],
    ['api', 'delete', '--yes', 'https://api.example'],
  ]) {
    assert.equal((await local.ask(words))['deleted'], true)
    assert.equal((await local.run(words)).code, 5)
  }
})

test('help shows examples first at every level and opens no database', async () => {
  await using local = await installation()
  for (const words of [['--help'], ['user', '--help'], ['user', 'create', '--help'], ['app', '--help']]) {
    const { code, stdout } = await local.run(words)
    assert.equal(code, 0)
    assert.ok(stdout.includes('Usage: claviger'))
    assert.ok(stdout.startsWith('Examples:'), stdout)
    assert.doesNotMatch(stdout, /^ {2}[a-z-]+$/m, 'a command that nothing is said about')
  }
})

test('a new secret alone goes to stdout, so that a shell variable can take it', async () => {
  await using local = await installation()
  await local.ask(['user', 'create', '--handle', 'ada'])
  const made = await local.run(['token', 'create', '--user', 'ada', '--name', 'x'])
  assert.match(made.stdout, /^clv_app_[0-9A-Za-z]{38}\n$/)
  assert.ok(!made.stderr.includes(made.stdout.trim()))
})

test('doctor finds a healthy local healthy, names what is not and how to mend it, and makes nothing', async () => {
  await using local = await installation()
  await using empty = await emptyFolder()
  const nothing = await command(['doctor', '--json'], { env: { CLAVIGER_DATA_DIR: join(empty.path, 'none') } })
  assert.deepEqual([nothing.code, existsSync(join(empty.path, 'none'))], [0, false])

  await local.ask(['user', 'create', '--handle', 'ada', '--role', 'admin'])
  const well = await local.ask(['doctor'])
  assert.equal(well['healthy'], true)
  chmodSync(join(local.path, 'master.key'), 0o644)
  const open = await local.run(['doctor', '--json'])
  const failed = (open.json['checks'] as { name: string; state: string; fix?: string }[]).filter(
    one => one.state === 'fail',
  )
  assert.deepEqual([open.code, failed.length, failed[0]?.name], [8, 1, 'master.key'])
  assert.match(failed[0]?.fix ?? '', /^chmod 600 /)
})

test('signing keys rotate, the schema tells its state, and a set-up link is made on demand', async () => {
  await using local = await installation()
  assert.deepEqual((await local.ask(['migrate', 'up']))['engine'], 'sqlite')
  assert.equal((await local.ask(['migrate', 'status']))['current'], true)
  await local.ask(['signing-key', 'rotate'])
  const keys = (await local.ask(['signing-key', 'list'])) as { items: { state: string }[] }
  assert.deepEqual(keys.items.map(({ state }) => state).sort(), ['retired', 'signing', 'signing'])
  for (const algorithm of ['RS256', 'EdDSA', 'ES256']) {
    const made = await local.ask(['signing-key', 'rotate', '--alg', algorithm])
    assert.deepEqual([made['algorithm'], made['state']], [algorithm, 'signing'])
  }
  const all = (await local.ask(['signing-key', 'list'])) as { items: { algorithm: string; state: string }[] }
  assert.deepEqual(
    all.items.map(({ algorithm, state }) => `${algorithm} ${state}`),
    ['ES256 signing', 'EdDSA signing', 'RS256 signing', 'ES256 retired', 'RS256 retired', 'ES256 retired'],
  )
  const unknown = await local.run(['signing-key', 'rotate', '--alg', 'HS256'])
  assert.equal(unknown.code, 2)
  assert.match(unknown.stderr, /--alg must be one of ES256, RS256, EdDSA, not "HS256"/)
  assert.match(String((await local.ask(['setup-link']))['url']), /\/setup\/clv_setup_/)
  const elsewhere = await local.ask(['setup-link', '--url', 'http://127.0.0.1:9000'])
  assert.match(String(elsewhere['url']), /^http:\/\/127\.0\.0\.1:9000\/setup\/clv_setup_/)
  const entries = (await local.ask(['journal', 'list', '--event', 'created'])) as { items: { actor: string }[] }
  assert.ok(entries.items.length >= 2)
})

test('how much was checked, how long it took and how old keys are is told on the command line too', async () => {
  await using local = await installation()
  await local.ask(['user', 'create', '--handle', 'ada'])
  const key = await local.ask(['key', 'create', '--user', 'ada', '--name', 'k'])
  for (const secret of [String(key['key']), String(key['key']), 'unheard of'])
    await local.run(['verify', '--json'], secret)
  const items = async (words: string[]) => (await local.ask(['usage', ...words]))['items'] as Record<string, unknown>[]
  const counted = await items(['list', '--credential', String(key['id'])])
  assert.deepEqual([counted[0]?.['kind'], counted[0]?.['outcome'], counted[0]?.['count']], ['api_key', 'valid', 2])
  assert.deepEqual(
    (await items(['top'])).map(one => [one['id'], one['count']]),
    [[key['id'], 2]],
  )
  const [times] = await items(['times', '--bucket', 'day'])
  assert.equal(times?.['checks'], 3)
  assert.ok(Number(times?.['p50_ms']) > 0 && Number(times?.['p50_ms']) <= Number(times?.['p99_ms']))
  assert.deepEqual(await items(['ages']), [{ from_days: 0, to_days: 7, kind: 'api_key', use: 'recent', count: 1 }])
  assert.equal((await local.run(['usage', 'times', '--bucket', 'week'])).code, 2)
})
