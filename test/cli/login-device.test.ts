import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { listening } from '../../examples/listening.ts'
import { hasBrowser } from '../../src/cli/place/open-address.ts'
import { signInByDevice } from '../../src/cli/remote/device-sign-in.ts'
import { changeClient } from '../../src/core/clients/change-client.ts'
import { openCommandLineClient } from '../../src/core/clients/open-command-line-client.ts'
import { COMMAND_LINE_CLIENT } from '../../src/model/clients/command-line-client.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { addUser, signIn } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { eventually } from '../kit/eventually.ts'
import { type Machine, machine } from '../kit/machine.ts'
import { person } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* `claviger login` on a machine without a browser (RFC 8628): the person answers with a browser elsewhere. */

const NO_BROWSER = { BROWSER: '', SSH_CONNECTION: '', DISPLAY: '', WAYLAND_DISPLAY: '' }

/** Starts the login, and resolves when it shows a code. */
async function begin(mine: Machine, server: TestServer, ...words: string[]) {
  const child = mine.start(['login', '--url', server.url, '--json', ...words])
  let [said, stdout] = ['', '']
  child.stderr?.on('data', part => {
    said += part
  })
  child.stdout?.on('data', part => {
    stdout += part
  })
  const ended = new Promise<{ code: number | null; signal: string | null }>(resolve =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  await eventually(async () => /user_code=\S+/.test(said) || child.exitCode !== null)
  const code = /enter the code (\S+):/.exec(said)?.[1] ?? ''
  const complete = /http\S+user_code=\S+/.exec(said)?.[0] ?? assert.fail(said)
  return { child, code, complete, ended: async () => ({ ...(await ended), said, stdout }) }
}

/** The person signs in in a browser elsewhere, enters the code, and answers. */
async function answer(server: TestServer, { code, complete }: { code: string; complete: string }, decision: string) {
  const who = person(server.url)
  await who.visit(complete)
  await signIn(who)
  const question = await who.submit({ user_code: code })
  assert.match(question.html, /Claviger command line/)
  return who.submit({ decision })
}

async function scene() {
  const server = await testServer()
  await addUser(server.world, 'alice', { role: 'owner' })
  return server
}

test('with --device, the code is allowed elsewhere, and commands work as the person', async () => {
  await using server = await scene()
  await using mine = await machine()
  const begun = await begin(mine, server, '--device')
  assert.equal(begun.complete, `${server.url}/device?user_code=${begun.code}`)
  await answer(server, begun, 'allow')
  const { code, said, stdout } = await begun.ended()
  assert.equal(code, 0, said)
  assert.equal(JSON.parse(stdout).who, 'alice')
  assert.match(said, new RegExp(`\n${server.url}/device\n`))
  assert.equal(statSync(mine.file).mode & 0o777, 0o600)
  const [context] = Object.values(mine.stored().contexts)
  assert.ok(context?.access && context.refresh)
  assert.equal(
    [context.access.token, context.refresh].some(secret => `${said}${stdout}`.includes(secret)),
    false,
  )
  assert.equal((await mine.run(['user', 'list', '--json'])).code, 0)
  assert.equal((await mine.run(['logout'])).code, 0)
})

test('where no browser can be opened the code is shown by itself; a no elsewhere ends it with a sentence', async () => {
  await using server = await scene()
  await using mine = await machine(NO_BROWSER)
  const begun = await begin(mine, server, '--scope', 'users:read')
  assert.match((await answer(server, begun, 'deny')).html, /did not get access/)
  const { code, said, stdout } = await begun.ended()
  assert.deepEqual([code, stdout], [4, ''], said)
  assert.match(said, /"code":"consent-denied"/)
  assert.equal((await mine.run(['context', 'list', '--json'])).stdout, '{"items":[],"next_cursor":null}\n')
})

test('a browser that does not open leads to the code; Ctrl-C ends the wait', async () => {
  await using server = await scene()
  await using mine = await machine({ ...NO_BROWSER, BROWSER: 'false' })
  const begun = await begin(mine, server)
  begun.child.kill('SIGINT')
  const { code, signal, said, stdout } = await begun.ended()
  assert.match(said, /code_challenge=[\s\S]*No browser could be opened/)
  assert.ok(signal === 'SIGINT' || code === 130, `${code} ${signal}`)
  assert.equal(stdout, '')
})

test('a code that nobody answers in time is told as expired', async () => {
  after(() => setClock(0))
  await using server = await scene()
  await using mine = await machine()
  const begun = await begin(mine, server, '--device')
  setClock(601 / 3600)
  const { code, said, stdout } = await begun.ended()
  assert.deepEqual([code, stdout], [4, ''], said)
  assert.match(said, /The code has expired and nobody allowed it/)
})

test('a server that gives no codes to the command line says what else there is', async () => {
  await using server = await scene()
  await using mine = await machine()
  await openCommandLineClient(server.world, COMMAND_LINE_CLIENT)
  const grantTypes = ['authorization_code', 'refresh_token'] as const
  await changeClient(server.world, OPERATOR, { clientId: COMMAND_LINE_CLIENT, grantTypes: [...grantTypes] })
  const narrowed = await mine.run(['login', '--device', '--url', server.url])
  assert.deepEqual([narrowed.code, narrowed.stdout], [4, ''])
  assert.match(narrowed.stderr, /does not let the command line sign in with a code\. Use a token/)

  await using other = await standIn({ device: false })
  const without = await mine.run(['login', '--device', '--url', other.url])
  assert.deepEqual([without.code, without.stdout], [4, ''])
  assert.match(without.stderr, /offers no sign-in with a code\. Use a token/)
})

type Told = { status?: number; body: object }
/** A server that answers in turn; the last answer stays. */
async function standIn({
  device = true,
  tokens = [],
  started = {},
}: {
  device?: boolean
  tokens?: Told[]
  started?: object
}) {
  const door = createServer((request, response) => {
    const { status = 200, body } = answers[request.url ?? '']?.() ?? { status: 404, body: {} }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const url = await listening(door, 0)
  const answers: Record<string, () => Told | undefined> = {
    '/.well-known/oauth-authorization-server': () => ({
      body: {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        revocation_endpoint: `${url}/revoke`,
        ...(device && { device_authorization_endpoint: `${url}/device_authorization` }),
      },
    }),
    '/device_authorization': () => ({
      body: {
        device_code: 'd',
        user_code: 'BCDF-GHJK',
        verification_uri: `${url}/device`,
        expires_in: 100,
        ...started,
      },
    }),
    '/token': () => (tokens.length > 1 ? tokens.shift() : tokens[0]),
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      door.closeAllConnections()
      door.close()
    },
  }
}

const waits = (error: string, status = 400): Told => ({ status, body: { error } })
const TOKENS: Told = { body: { access_token: 'a', refresh_token: 'r', expires_in: 60 } }
async function pace(tokens: Told[], started: object = {}): Promise<{ waited: number[]; failed?: string }> {
  await using server = await standIn({ tokens, started })
  const waited: number[] = []
  const wait = async (seconds: number) => waited.push(seconds)
  try {
    await signInByDevice(server.url, { show: () => {}, wait })
    return { waited }
  } catch (error) {
    return { waited, failed: (error as Error).message }
  }
}

test('it asks at the interval of the server, five seconds slower after each slow_down, and rarely while nothing answers', async () => {
  assert.deepEqual(await pace([waits('authorization_pending'), TOKENS]), { waited: [5, 5] })
  assert.deepEqual(
    await pace([waits('slow_down'), waits('authorization_pending'), waits('slow_down'), TOKENS], { interval: 7 }),
    { waited: [7, 12, 12, 17] },
  )
  assert.deepEqual(await pace([waits('temporarily_unavailable', 503), waits('x', 429), TOKENS]), {
    waited: [5, 10, 20],
  })
  const never = await pace([waits('authorization_pending')], { interval: 40 })
  assert.deepEqual(never.waited, [40, 40, 40])
  assert.match(never.failed ?? '', /no answer in time/)
})

test('a code and a token are not asked for at once', async () => {
  await using mine = await machine()
  const both = await mine.run(['login', '--device', '--with-token', '--url', 'http://127.0.0.1:9'], 'x')
  assert.deepEqual([both.code, both.stdout], [2, ''])
  assert.match(both.stderr, /--device does not go together with --with-token/)
})

test('an address of another server is not shown to the person', async () => {
  const { waited, failed } = await pace([TOKENS], { verification_uri: 'https://elsewhere.example/device' })
  assert.deepEqual(waited, [])
  assert.ok(failed)
})

test('a browser is where a display is, or one is named, and not at the other end of SSH', () => {
  const at = (environment: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
    hasBrowser(environment, platform)
  assert.equal(at({}), false)
  assert.equal(at({ DISPLAY: ':0' }), true)
  assert.equal(at({ WAYLAND_DISPLAY: 'wayland-0' }), true)
  assert.equal(at({ DISPLAY: ':10', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }), false)
  assert.equal(at({ BROWSER: 'code', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }), true)
  assert.equal(at({}, 'darwin'), true)
  assert.equal(at({ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, 'darwin'), false)
  assert.equal(at({}, 'win32'), true)
})
