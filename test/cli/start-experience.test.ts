import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { emptyFolder, installationFolder, makeInstallation, startCommand } from '../kit/command.ts'
import { command } from '../kit/warm-command.ts'

const root = join(import.meta.dirname, '..', '..')

/** What a person does with a line that the terminal printed. */
async function paste(line: string): Promise<Record<string, unknown>> {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env['PATH']}`
  const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('curl ', 'curl --silent ')], {
    cwd: root,
    env: { PATH: path, HOME: process.env['HOME'] ?? '/' },
  })
  return JSON.parse(stdout.slice(stdout.indexOf('{"active'))) as Record<string, unknown>
}
const printed = (stdout: string): string => /^try: (.+)$/m.exec(stdout)?.[1] ?? ''

test('a first start prints a line that works as pasted, and a set-up link that opens; the second start offers no line', async () => {
  await using folder = await emptyFolder()
  const words = ['--data-dir', folder.path]
  {
    await using server = await startCommand(words, { cwd: root })
    const answer = await paste(printed(server.stdout()))
    assert.deepEqual([answer['active'], answer['kind']], [true, 'application_token'])
    const link = /^set-up link .*: (http\S+)$/m.exec(server.stdout())?.[1] ?? ''
    assert.equal((await fetch(link)).status, 200)
    assert.equal(await server.stop(), 0)
  }
  await using again = await startCommand(words, { cwd: root })
  assert.equal(printed(again.stdout()), '')
})

test('SIGTERM to `npm start` reaches the server: it drains, both exit 0, and nothing is left behind', async () => {
  await using folder = await emptyFolder()
  const npm = spawn('npm', ['start', '--silent', '--', '--port', '0', '--data-dir', folder.path, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(npm, 'close')
  const greeting = String((await once(npm.stdout, 'data'))[0])
  const { pid } = JSON.parse(greeting) as { pid: number }
  npm.kill('SIGTERM')
  try {
    // The pipe closes when the last process that holds it has ended.
    const ended = await Promise.race([closed, sleep(20_000, 'still running', { ref: false })])
    assert.deepEqual(ended, [0, null])
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
  } finally {
    if (npm.exitCode === null || npm.signalCode) npm.kill('SIGKILL')
    try {
      process.kill(pid, 'SIGKILL')
    } catch {}
  }
})

test('start --demo fills the house, prints a read-only token that works as pasted, and all of it can be taken away', async () => {
  await using folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  const rows = () => {
    const database = new DatabaseSync(join(folder.path, 'claviger.db'), { readOnly: true })
    const count = (table: string) => Number(database.prepare(`select count(*) as n from ${table}`).get()?.['n'])
    const counts = Object.fromEntries(
      [
        'users',
        'clients',
        'credentials',
        'usage',
        'usage_hours',
        'usage_house',
        'usage_networks',
        'resources',
        'scopes',
        'grants',
        'gates',
      ].map(one => [one, count(one)]),
    )
    database.close()
    return counts
  }
  assert.equal((await command(['user', 'create', '--handle', 'mine'], { env })).code, 0)
  assert.equal((await command(['token', 'create', '--user', 'mine', '--name', 'mine'], { env })).code, 0)
  const before = rows()
  {
    await using server = await startCommand(['--demo'], { env })
    const line = printed(server.stdout())
    assert.equal((await paste(line))['active'], true)
    const file = join(folder.path, 'demo-token')
    const token = readFileSync(file, 'utf8').trim()
    assert.ok(line.includes(token))
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const users = (await (await fetch(`${server.url}/v1/users`, { headers })).json()) as { items: unknown[] }
    assert.ok(users.items.length >= 30)
    const made = await fetch(`${server.url}/v1/users`, { method: 'POST', headers, body: '{"handle":"eve"}' })
    assert.equal(made.status, 403)
    const link = /^set-up link .*: (http\S+)$/m.exec(server.stdout())?.[1] ?? ''
    assert.equal((await fetch(link)).status, 200)
  }
  const { users, clients, credentials, usage } = rows()
  assert.deepEqual([users, clients], [32, 13])
  assert.ok(Number(credentials) >= 200 && Number(usage) > 1000)
  const removed = await command(['seed', '--remove', '--yes', '--json'], { env })
  assert.deepEqual([removed.json['users'], removed.json['applications']], [31, 12])
  // What is left of the demo is the set-up link that was offered.
  assert.deepEqual(rows(), { ...before, credentials: Number(before['credentials']) + 1 })
})

test('demo data is refused in production', async () => {
  await using folder = await emptyFolder()
  const production = {
    CLAVIGER_DATA_DIR: folder.path,
    CLAVIGER_ENV: 'production',
    CLAVIGER_URL: 'https://auth.example.com',
    CLAVIGER_MASTER_KEY: 'a-master-key-for-this-test-alone-0123456789',
  }
  await makeInstallation(folder.path, production)
  const refused = await command(['seed'], { env: production })
  assert.equal(refused.code, 6)
  assert.match(refused.stderr, /not for production/)
})
