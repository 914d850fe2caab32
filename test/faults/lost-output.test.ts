import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { command, installationFolder, makeInstallation } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { freePort } from '../kit/free-port.ts'

/* Nothing that a process prints to may stop it: logs may be lost, requests may not. Real devices, pipes and file systems. */

const BINARY = join(import.meta.dirname, '..', '..', 'bin', 'claviger')

type Ours = { url: string; child: ChildProcess; [Symbol.asyncDispose](): Promise<void> }
/** A real server whose output goes where the test wants it; known by its port, because nobody may hear it. */
async function serverWith(stdio: StdioOptions, { dataDir = '', env = {}, words = [] as string[] } = {}): Promise<Ours> {
  const own = dataDir === '' ? mkdtempSync(join(tmpdir(), 'claviger-')) : dataDir
  const port = await freePort()
  const child = spawn(process.execPath, [BINARY, 'start', '--port', String(port), '--data-dir', own, ...words], {
    env: { PATH: process.env['PATH'], CLAVIGER_LOG_LEVEL: 'info', CLAVIGER_LIMITS: 'off', ...env },
    stdio,
  })
  const url = `http://127.0.0.1:${port}`
  await eventually(async () => {
    assert.equal(child.exitCode, null, 'it ended')
    return (await statusOf(`${url}/livez`)) === 200
  })
  const end = async () => {
    const gone = once(child, 'exit')
    if (child.exitCode === null && child.kill('SIGKILL')) await gone
    rmSync(own, { recursive: true, force: true })
  }
  return { url, child, [Symbol.asyncDispose]: end }
}

/** A server that has fallen silent fails the test instead of holding it. */
const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, signal: AbortSignal.timeout(10_000) })

const statusOf = (url: string): Promise<number> =>
  ask(url).then(
    async answer => {
      await answer.body?.cancel()
      return answer.status
    },
    () => 0,
  )

async function linesLost(url: string): Promise<number> {
  let lost: string | undefined
  // While a worker starts there are no figures of all.
  await eventually(async () => {
    const text = await (await ask(`${url}/metrics`)).text()
    lost = /^claviger_log_lines_lost_total (\d+)$/m.exec(text)?.[1]
    return lost !== undefined
  })
  return Number(lost)
}

/** Each request leaves a line in the log. */
async function answersAll(url: string, count: number): Promise<void> {
  for (let i = 0; i < count; i += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => statusOf(`${url}/livez`)))
    assert.deepEqual(new Set(answers), new Set([200]))
  }
}

async function stopsWell({ child }: Ours): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  assert.deepEqual(await gone, [0, null])
}

const full = () => openSync('/dev/full', 'w')
/** The reading end of what it prints to is gone. */
const closed = (): StdioOptions => ['ignore', 'pipe', 'pipe']
function leave({ child }: Ours): void {
  child.stdout?.destroy()
  child.stderr?.destroy()
}

for (const workers of ['1', '2'])
  test(`stdout and stderr on a full device: requests are answered, and lost lines are counted (${workers} processes)`, async () => {
    const fd = full()
    await using server = await serverWith(['ignore', fd, fd], { env: { CLAVIGER_WORKERS: workers } })
    closeSync(fd)
    const before = await linesLost(server.url)
    await answersAll(server.url, 100)
    assert.ok((await linesLost(server.url)) >= before + 100)
    await stopsWell(server)
  })

for (const workers of ['1', '2'])
  test(`stdout and stderr closed by their reader: requests are answered, and lost lines are counted (${workers} processes)`, async () => {
    await using server = await serverWith(closed(), { env: { CLAVIGER_WORKERS: workers } })
    leave(server)
    await answersAll(server.url, 100)
    assert.ok((await linesLost(server.url)) > 50)
    await stopsWell(server)
  })

test('a pipe that is never read: requests are answered, memory for waiting lines is bounded, and the end is not waited for', async () => {
  // The reader of the pipe sleeps; the shell becomes the server.
  const folder = mkdtempSync(join(tmpdir(), 'claviger-'))
  const fifo = join(folder, 'fifo')
  execFileSync('mkfifo', [fifo])
  const reader = spawn('sleep', ['600'], { stdio: [openSync(fifo, 'r+'), 'ignore', 'ignore'] })
  const fd = openSync(fifo, 'w')
  try {
    await using server = await serverWith(['ignore', fd, fd])
    closeSync(fd)
    await answersAll(server.url, 3000)
    assert.ok((await linesLost(server.url)) > 0)
    await stopsWell(server)
  } finally {
    reader.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a reader that was slow and comes back finds whole lines, and new ones', async () => {
  await using server = await serverWith(['ignore', 'ignore', 'pipe'])
  await answersAll(server.url, 3000)
  const lost = await linesLost(server.url)
  assert.ok(lost > 0)
  let text = ''
  server.child.stderr?.setEncoding('utf8').on('data', chunk => {
    text += chunk
  })
  await eventually(async () => {
    await ask(`${server.url}/readyz`)
    return text.includes('/readyz')
  })
  for (const line of text.split('\n').slice(0, -1)) if (line !== '') assert.doesNotThrow(() => JSON.parse(line), line)
})

/** A file system of 2 MB, or why there is none. */
function smallDisk(t: TestContext): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'claviger-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'ignore' })
    return path
  } catch {
    rmSync(path, { recursive: true })
    t.skip('only root may mount a small file system')
    return undefined
  }
}

test('a full disk that holds the log and the database: checks go on, writes say 503, and all is well when there is room', async t => {
  const disk = smallDisk(t)
  if (disk === undefined) return
  try {
    const env = { CLAVIGER_DATA_DIR: join(disk, 'data') }
    await makeInstallation(env.CLAVIGER_DATA_DIR)
    await command(['user', 'create', '--handle', 'ann'], { env })
    const made = await command(['token', 'create', '--user', 'ann', '--name', 'one', '--json'], { env })
    const { token } = made.json
    const log = join(disk, 'log')
    const fd = openSync(log, 'a')
    await using server = await serverWith(['ignore', fd, fd], { dataDir: join(disk, 'data') })
    closeSync(fd)
    const asking = (path: string, init: RequestInit = {}) =>
      ask(server.url + path, { ...init, headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status)
    const register = () =>
      ask(`${server.url}/api/v1/apps`, {
        method: 'POST',
        body: new URLSearchParams({ client_name: 'x', redirect_uris: 'https://app.example/' }),
      }).then(({ status }) => status)

    assert.throws(() => writeFileSync(join(disk, 'ballast'), Buffer.alloc(4 << 20)), /ENOSPC/)
    await eventually(async () => (await register()) === 503)
    for (let i = 0; i < 50; i++) assert.equal(await asking('/v1/whoami'), 200)
    assert.equal(await statusOf(`${server.url}/livez`), 200)
    assert.ok((await linesLost(server.url)) > 0)

    rmSync(join(disk, 'ballast'))
    await eventually(async () => (await register()) === 200)
    assert.equal(await asking('/v1/whoami'), 200)
    assert.match(readFileSync(log, 'utf8').split('\n').slice(-3).join('\n'), /"answered"/)
    await stopsWell(server)
  } finally {
    await setTimeout(50)
    execFileSync('umount', ['-l', disk], { stdio: 'ignore' })
    rmSync(disk, { recursive: true, force: true })
  }
})

const inShell = (line: string, env: Record<string, string>) => {
  const child = spawn('bash', ['-c', `set -o pipefail; ${line}`], {
    env: { PATH: process.env['PATH'], NODE: process.execPath, BINARY, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err] = [child.stdout, child.stderr].map(stream => {
    const text: string[] = []
    stream.setEncoding('utf8').on('data', chunk => text.push(chunk))
    return () => text.join('')
  })
  return once(child, 'close').then(([code]) => ({ code: code as number, out: out?.() ?? '', err: err?.() ?? '' }))
}

test('a command whose reader leaves ends quietly; a slow one gets all; a full disk is said, and is no success', async () => {
  await using folder = await installationFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_LOG_LEVEL: 'fatal' }
  await command(['user', 'create', '--handle', 'ann'], { env })
  const list = '"$NODE" "$BINARY"'
  const first = await inShell(`${list} openapi | head -1`, env)
  assert.deepEqual(first, { code: 0, out: '{\n', err: '' })
  assert.deepEqual(await inShell(`${list} user list --json | true`, env), { code: 0, out: '', err: '' })

  const whole = await inShell(`${list} openapi | wc -c`, env)
  const slow = await inShell(`${list} openapi | (sleep 2; wc -c)`, env)
  assert.ok(Number(whole.out) > 100_000)
  assert.equal(slow.out, whole.out)

  const lost = await inShell(`${list} user list > /dev/full`, env)
  assert.equal(lost.code, 10)
  assert.match(lost.err, /could not be written to stdout/)
  // What is said beside the data may be lost.
  assert.equal((await inShell(`${list} user get ann 2> /dev/full`, env)).code, 0)
  assert.equal((await inShell(`${list} user get nobody-here 2> /dev/full`, env)).code, 5)
})
