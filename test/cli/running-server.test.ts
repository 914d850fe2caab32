import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { emptyFolder, launch, startCommand } from '../kit/command.ts'
import { freePort } from '../kit/free-port.ts'
import { command } from '../kit/warm-command.ts'

/** A folder, its server in one process, and commands in others. */
async function running(words: string[] = [], env: Record<string, string> = {}) {
  const folder = await emptyFolder()
  const settings = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_LIMITS: 'off', ...env }
  const server = await startCommand(words, { env: settings })
  return {
    ...server,
    settings,
    async ask(words: string[], input?: string): Promise<Record<string, string>> {
      const outcome = await command([...words, '--json'], { env: settings, ...(input !== undefined && { input }) })
      assert.equal(outcome.code, 0, outcome.stderr)
      return outcome.json as Record<string, string>
    },
    async [Symbol.asyncDispose]() {
      await server.stop('SIGKILL')
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** Waits for what is promised within a second; a loaded machine gets more before the test gives up. */
async function soon<T>(wanted: T, look: () => Promise<T>): Promise<void> {
  const began = performance.now()
  let seen = await look()
  while (seen !== wanted && performance.now() - began < 5000) {
    await setTimeout(50)
    seen = await look()
  }
  assert.equal(seen, wanted)
}

test('a running server obeys what the command line takes away: credentials, users, applications, secrets', async () => {
  await using house = await running()
  const whoami = async (secret: string) =>
    (await fetch(`${house.url}/v1/whoami`, { headers: { authorization: `Bearer ${secret}` } })).status
  const grant = async (app: Record<string, string>) => {
    const { client_id = '', client_secret = '' } = app
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret })
    const answer = await fetch(`${house.url}/oauth2/token`, { method: 'POST', body })
    return { status: answer.status, token: ((await answer.json()) as { access_token?: string }).access_token ?? '' }
  }
  await house.ask(['user', 'create', '--handle', 'ada'])
  const [key, token, app] = await Promise.all([
    house.ask(['key', 'create', '--user', 'ada', '--name', 'k']),
    house.ask(['token', 'create', '--user', 'ada', '--name', 't']),
    house.ask(['app', 'create', '--name', 'Job', '--scope', 'read']),
  ])
  const [keySecret, tokenSecret] = [key?.['key'] ?? '', token?.['token'] ?? '']
  const access = (await grant(app ?? {})).token
  for (const secret of [keySecret, tokenSecret, access]) {
    assert.equal(await whoami(secret), 200)
    // Also a token that names its issuer, whose port was chosen by the system.
    assert.equal((await house.ask(['verify'], secret))['active'], true)
  }

  await house.ask(['credential', 'revoke', '--yes', key?.['id'] ?? ''])
  await soon(401, () => whoami(keySecret))
  await house.ask(['user', 'disable', '--yes', 'ada'])
  await soon(403, () => whoami(tokenSecret))
  await house.ask(['user', 'enable', 'ada'])
  await soon(200, () => whoami(tokenSecret))
  const rotated = await house.ask(['app', 'secret', 'rotate', '--yes', app?.['client_id'] ?? ''])
  await soon(401, async () => (await grant(app ?? {})).status)
  assert.equal((await grant({ ...app, ...rotated })).status, 200)
  assert.equal(await whoami(access), 200)
  await house.ask(['app', 'delete', '--yes', app?.['client_id'] ?? ''])
  await soon(401, () => whoami(access))
})

test('why a request was refused, by whom it was made and what would have passed, is told afterwards', async () => {
  await using house = await running()
  await house.ask(['user', 'create', '--handle', 'ada'])
  const { id, token } = await house.ask(['token', 'create', '--user', 'ada', '--name', 'x', '--scope', 'read'])
  const refused = async (credential: string) => {
    const headers = { authorization: `Bearer ${credential}` }
    const answer = await fetch(`${house.url}/v1/users`, { headers })
    const requestId = answer.headers.get('x-request-id') ?? ''
    let told = ''
    await soon(true, async () => {
      const explained = await command(['explain', '--request-id', requestId], { env: house.settings })
      told = explained.stdout
      return told.includes('then:')
    })
    return told
  }
  const narrow = await refused(String(token))
  assert.match(narrow, /then: insufficient_scope, scope: read \(needs also users:read\)/)
  assert.match(narrow, /now: not active: insufficient_scope\n[\s\S]*FAIL {2}scope: read \(needs also users:read\)/)
  const noted = await house.ask(['journal', 'list', '--credential', String(id), '--event', 'refused'])
  assert.equal(noted['items']?.length, 1)

  // A credential that is not known is counted and leaves no entry: anybody can make up as many as they like.
  const headers = { authorization: `Bearer ${String(token).slice(0, -2)}` }
  const cut = await fetch(`${house.url}/v1/users`, { headers })
  assert.match(
    await (await fetch(`${house.url}/metrics`)).text(),
    /claviger_refusals_total\{reason="[a-z-]*malformed"\} 1/,
  )
  const asked = ['explain', '--request-id', cut.headers.get('x-request-id') ?? '']
  const explained = await command(asked, { env: house.settings })
  assert.equal(explained.code, 5)
  assert.match(explained.stderr, /named nothing that is known here/)
})

test('SIGTERM: no longer ready, what was asked is answered, and the exit code is 0', async () => {
  await using house = await running([], { CLAVIGER_DRAIN_SECONDS: '3' })
  assert.equal((await fetch(`${house.url}/readyz`)).status, 200)
  // A request whose body is still on its way when the signal comes.
  const { port, hostname } = new URL(house.url)
  const slow = connect(Number(port), hostname)
  await once(slow, 'connect')
  const body = 'token=x&client_id=nobody&client_secret=x'
  slow.write(
    `POST /oauth2/revoke HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  )
  const stopped = house.stop()
  await soon(503, async () => (await fetch(`${house.url}/readyz`)).status)
  slow.write(body.slice(5))
  const [answer] = (await once(slow.setEncoding('utf8'), 'data')) as [string]
  assert.match(answer, /^HTTP\/1\.1 401 /)
  assert.equal(await stopped, 0)
})

test('workers share one free port, count together, replace one that dies, and drain together', async () => {
  await using house = await running(['--workers', '2'])
  const metrics = async () => (await fetch(`${house.url}/metrics`)).text()
  for (let i = 0; i < 4; i++) assert.equal((await fetch(`${house.url}/livez`)).status, 200)
  const counted = /claviger_http_requests_total\{route="\/livez",[^}]*method="GET",status="2xx"\} (\d+)/.exec(
    await metrics(),
  )
  assert.equal(counted?.[1], '4')
  const workers = () =>
    readFileSync(`/proc/${house.child.pid}/task/${house.child.pid}/children`, 'utf8').trim().split(' ')
  const [unlucky = '', ...others] = workers()
  process.kill(Number(unlucky), 'SIGKILL')
  await soon(true, async () => workers().length === 2 && !workers().includes(unlucky))
  assert.ok(workers().includes(others[0] ?? ''))
  assert.equal((await fetch(`${house.url}/readyz`)).status, 200)
  assert.equal(await house.stop(), 0)
})

test('metrics are for this machine, or for the bearer of their token; a proxied stranger is turned away', async () => {
  await using house = await running([], { CLAVIGER_METRICS_TOKEN: 'a-token-for-metrics' })
  const status = async (headers: Record<string, string> = {}) =>
    (await fetch(`${house.url}/metrics`, { headers })).status
  assert.notEqual(await status(), 200)
  assert.notEqual(await status({ authorization: 'Bearer wrong' }), 200)
  assert.equal(await status({ authorization: 'Bearer a-token-for-metrics' }), 200)
  assert.match((await fetch(`${house.url}/livez`)).headers.get('x-request-id') ?? '', /^[\w-]{8,}$/)
})

test('SIGTERM while workers still start: what the first of them was asked is answered, and the exit code is 0', async () => {
  await using folder = await emptyFolder()
  const port = await freePort()
  const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_LIMITS: 'off' }
  const words = ['start', '--port', String(port), '--workers', '6']
  const server = launch(words, { env })
  const ended = once(server, 'exit')
  try {
    const socket = await connected(port)
    let answer = ''
    socket.setEncoding('utf8').on('data', part => {
      answer += part
    })
    const body = JSON.stringify({ client_name: 'slow', redirect_uris: 'https://app.example/cb' })
    socket.write(
      `POST /api/v1/apps HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    socket.write(body.slice(0, 10))
    await setTimeout(50)
    server.kill('SIGTERM')
    await setTimeout(300)
    socket.end(body.slice(10))
    await once(socket, 'close')
    assert.match(answer, /^HTTP\/1\.1 200 OK/)
    assert.deepEqual(await ended, [0, null])
  } finally {
    server.kill('SIGKILL')
  }
})

/** A connection to the first process that listens here. */
async function connected(port: number): Promise<Socket> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const outcome = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).catch(() => 'refused')
    if (Array.isArray(outcome) && outcome.length === 0) return socket
    await setTimeout(5)
  }
}
