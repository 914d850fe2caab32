import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, suite, test } from 'node:test'
import { guard } from '../../src/guard/node.ts'
import { readChallenges } from '../../src/server/mcp-check/challenge.ts'
import { CHECKS, checkMcp, type McpCheck } from '../../src/server/mcp-check/check-mcp.ts'
import { refusedAddress } from '../../src/server/mcp-check/send.ts'
import { api } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'
import { command } from '../kit/warm-command.ts'
import { type Answer, ASM, BROKEN, doc, openScene, PRM, type Routes } from './mcp-servers.ts'

/* `claviger mcp check`: a server that does everything, our own, and one that is broken in one way for each grade. */

const scene = await openScene()
after(() => scene.close())
const { origin } = scene

const check = (broken: Routes = {}, bounds?: { milliseconds: number; bytes: number }): Promise<McpCheck> => {
  scene.break(broken)
  return checkMcp(new URL(`${origin}/mcp`), bounds && { bounds })
}
const gradeOf = ({ steps }: McpCheck, name: string) => steps.find(({ step }) => step === name) ?? assert.fail(name)
const client = ({ clients }: McpCheck, name: string) => clients.find(one => one.client === name) ?? assert.fail(name)

test('a server that does everything gets the best grade at every step, and every client connects', async () => {
  const found = await check()
  assert.deepEqual(
    found.steps.filter(({ state }) => state !== 'ok'),
    [],
  )
  assert.equal(found.passed, true)
  for (const { connects, registers } of found.clients) assert.deepEqual([connects, registers], [true, 'document'])
})

suite('each grade', () => {
  for (const [step, state, how, make] of BROKEN)
    test(`${step}, ${how}: ${state}`, async () => {
      const found = await check(make())
      const grade = gradeOf(found, step)
      assert.equal(grade.state, state, JSON.stringify(found.steps.filter(one => one.state !== 'ok')))
      assert.ok('fix' in grade && grade.fix, 'says what to do')
      assert.equal(found.passed, state === 'warn')
      if (state === 'warn') assert.ok(found.clients.every(({ connects }) => connects))
    })

  test('every step has a server that fails it, or is warned of', () => {
    const shown = new Set(BROKEN.map(([step]) => step))
    assert.deepEqual(
      CHECKS.map(({ step }) => step).filter(step => !shown.has(step)),
      ['reachable'],
    )
  })
})

suite('clients', () => {
  test('what one client insists on stops that one alone', async () => {
    const found = await check({ [ASM]: doc({ authorization_response_iss_parameter_supported: undefined }) })
    assert.deepEqual(client(found, 'Claude').stoppedBy, ['issuer in the answer'])
    assert.equal(client(found, 'VS Code').connects, true)
  })

  test('documents of clients without "none" are not used where the client wants both', async () => {
    const found = await check({ [ASM]: doc({ token_endpoint_auth_methods_supported: ['client_secret_basic'] }) })
    assert.equal(client(found, 'Claude').registers, 'dynamic')
    assert.equal(client(found, 'VS Code').registers, 'document')
  })
})

suite('bounds', () => {
  test('a server that is silent, endless, or not there is graded, and nothing waits', async () => {
    const bounds = { milliseconds: 300, bytes: 2000 }
    scene.break({ [PRM]: () => ({ body: ' '.repeat(3000) }) })
    const long = await checkMcp(new URL(`${origin}/mcp`), { bounds })
    assert.match(JSON.stringify(gradeOf(long, 'resource metadata')), /longer than/)
    const silent = createServer(() => {})
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const found = await checkMcp(new URL(`http://127.0.0.1:${port}/mcp`), { bounds })
    assert.match(JSON.stringify(gradeOf(found, 'reachable')), /no answer came within 0.3 s/)
    silent.closeAllConnections()
    silent.close()
    const away = await checkMcp(new URL(`http://127.0.0.1:${port}/mcp`), { bounds })
    assert.equal(gradeOf(away, 'reachable').state, 'fail')
  })

  test('a server of strangers leads neither to plain http nor to the machine of the person', () => {
    const stranger = new URL('https://mcp.example/mcp')
    for (const address of ['http://mcp.example/x', 'http://127.0.0.1/x', 'https://localhost/x', 'https://[::1]/x'])
      assert.ok(refusedAddress(address, stranger), address)
    for (const address of ['https://u:p@mcp.example/', '/x', 'ftp://mcp.example/', 'file:///etc/passwd'])
      assert.ok(refusedAddress(address, stranger), address)
    assert.equal(refusedAddress('https://auth.example/x', stranger), undefined)
    assert.equal(refusedAddress('http://127.0.0.1:1/x', new URL('http://localhost:3000/mcp')), undefined)
  })

  test('a whole walk takes a bounded number of requests, and registers nothing', async () => {
    const seen: string[] = []
    const count: Routes = new Proxy(
      {},
      {
        get: () => (request: IncomingMessage, good: Answer) => {
          seen.push(`${request.method} ${request.url?.split('?')[0]}`)
          return good
        },
      },
    )
    await check(count)
    assert.ok(seen.length <= 20, seen.join('\n'))
    assert.equal(
      seen.some(one => one.includes('/register')),
      false,
    )
  })
})

test('challenges are read as RFC 9110 says, quotes, escapes and several in one header', () => {
  assert.deepEqual(readChallenges('Bearer realm="a, b", x = "q\\"q"  , Basic, Digest qop=auth'), [
    { scheme: 'bearer', parameters: { realm: 'a, b', x: 'q"q' }, unquoted: [] },
    { scheme: 'basic', parameters: {}, unquoted: [] },
    { scheme: 'digest', parameters: { qop: 'auth' }, unquoted: ['qop'] },
  ])
  assert.deepEqual(readChallenges(''), [])
  for (const bad of ['realm="a"', 'Bearer realm="a', 'Bearer "x"', '\u0001'])
    assert.equal(readChallenges(bad), undefined)
})

suite('the command', () => {
  test('our own server behind the guard passes', async () => {
    await using claviger = await testServer()
    const [handler, close] = [createServer(), () => handler.close()]
    await new Promise<void>(resolve => handler.listen(0, '127.0.0.1', resolve))
    const resource = `http://127.0.0.1:${(handler.address() as AddressInfo).port}/mcp`
    const connection = await api(claviger, resource, { scopes: ['notes:read'] })
    const protect = guard({ ...connection, resource, scopes: 'notes:read' })
    handler.on(
      'request',
      protect((_request, response) => response.end('{}')),
    )
    try {
      const { code, json, stderr } = await command(['mcp', 'check', resource, '--json'])
      assert.equal(code, 0, `${stderr}${JSON.stringify(json)}`)
      const { steps, passed } = json as unknown as McpCheck
      assert.equal(passed, true)
      assert.deepEqual(
        steps.filter(({ state }) => state !== 'ok' && state !== 'warn'),
        [],
      )
    } finally {
      await protect.close()
      close()
    }
  })

  test('one that fails is exit code 8, with each step and what to do', async () => {
    scene.break({ [ASM]: doc({ code_challenge_methods_supported: undefined, issuer: `${origin}/\u001b[2J` }) })
    const { code, stdout } = await command(['mcp', 'check', `${origin}/mcp`])
    assert.equal(code, 8)
    assert.match(stdout, /✘ fail {2}PKCE: .*\n +fix: Support S256/)
    assert.match(stdout, /✘ Claude +cannot connect: issuer, PKCE/)
    assert.ok(!stdout.includes('\u001b'), 'what strangers name does not reach the terminal')
  })

  test('an address that no client would use is a usage error', async () => {
    for (const address of ['notes.example/mcp', 'http://notes.example/mcp', 'https://u:p@notes.example/'])
      assert.equal((await command(['mcp', 'check', address])).code, 2, address)
    assert.equal((await command(['mcp', 'check'])).code, 2)
  })
})
