import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyFolder, installationFolder, startCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { command } from '../kit/warm-command.ts'

test('a gate made, changed and deleted by command is what a running server checks, soon after', async () => {
  await using folder = await emptyFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_LIMITS: 'off' }
  await using server = await startCommand([], { env })
  const run = (...words: string[]) => command([...words, '--json'], { env })
  await run('user', 'create', '--handle', 'ada')
  const { json } = await run('key', 'create', '--user', 'ada', '--name', 'k', '--scope', 'read')
  const ask = async () => {
    const headers = { 'x-api-key': String(json['key']) }
    return (await fetch(`${server.url}/forward-auth/gates/orders/1?scope=week`, { headers })).status
  }
  assert.equal(await ask(), 403)
  const made = await run('gate', 'create', 'orders', '--scope', 'read write', '--profile', 'apikey')
  assert.equal(made.code, 0, made.stderr)
  const { created_at, ...gate } = made.json
  const shown = {
    name: 'orders',
    path: '/forward-auth/gates/orders',
    audience: null,
    scope: 'read write',
    profile: 'apikey',
    preflights: 'check',
  }
  assert.deepEqual(gate, shown)
  assert.equal(await ask(), 403, 'write is lacking')
  await run('gate', 'update', 'orders', '--scope', 'read')
  await eventually(async () => (await ask()) === 200)
  await run('gate', 'update', 'orders', '--audience', 'https://orders.example')
  await eventually(async () => (await ask()) === 401)
  assert.deepEqual(
    ((await run('gate', 'update', 'orders', '--audience', '')).json as { audience: null }).audience,
    null,
  )
  await eventually(async () => (await ask()) === 200)
  assert.deepEqual((await run('gate', 'list')).json['items'], [{ ...shown, scope: 'read', created_at }])
  assert.deepEqual((await run('gate', 'get', 'orders')).json, { ...shown, scope: 'read', created_at })
  assert.equal((await run('gate', 'delete', '--yes', 'orders')).json['deleted'], true)
  await eventually(async () => (await ask()) === 403)
})

test('a gate that cannot be is refused in words, with the exit code for it', async () => {
  await using folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  const run = (...words: string[]) => command(words, { env })
  assert.equal((await run('gate', 'create', 'orders')).code, 0)
  const cases: [string[], number, RegExp][] = [
    [['gate', 'create', 'orders'], 6, /already in use/],
    [['gate', 'create', 'a/b'], 2, /letters, digits/],
    [['gate', 'create'], 2, /missing required argument/],
    [['gate', 'create', 'b', '--profile', 'jwt'], 2, /--profile must be one of oauth/],
    [['gate', 'create', 'b', '--audience', 'orders'], 2, /absolute URI/],
    [['gate', 'update', 'b', '--scope', 'read'], 5, /There is no gate "b"/],
    [['gate', 'delete', '--yes', 'b'], 5, /There is no gate "b"/],
    [['gate', 'get', 'b'], 5, /There is no gate "b"/],
  ]
  for (const [words, code, says] of cases) {
    const outcome = await run(...words)
    assert.equal(outcome.code, code, `${words.join(' ')}: ${outcome.stderr}`)
    assert.match(outcome.stderr, says)
  }
})
