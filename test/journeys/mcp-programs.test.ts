import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { on as eventsOf, once } from 'node:events'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { closeBrowser } from '../kit/browser.ts'
import { addClient, addUser } from '../kit/cast.ts'
import { emptyFolder } from '../kit/command.ts'
import { freePort } from '../kit/free-port.ts'
import { allowAt, type Notes, notesServer, SCOPES } from '../kit/mcp.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Programs of others, as they are: the public conformance package, and mcp-remote. */

const MODULES = new URL('../../node_modules/', import.meta.url).pathname
const CONFORMANCE = `${MODULES}@modelcontextprotocol/conformance/dist/index.js`
const MCP_REMOTE = `${MODULES}mcp-remote/dist/proxy.js`

let server: TestServer
let notes: Notes
before(async () => {
  server = await testServer()
  await addUser(server.world)
  notes = await notesServer(server)
})
after(async () => {
  await closeBrowser()
  await notes[Symbol.asyncDispose]()
  await server.stop()
})

/** A program with what it says; no browser opens by itself. */
async function program(words: readonly string[], env: Record<string, string> = {}) {
  const folder = await emptyFolder()
  const child = spawn(process.execPath, words, {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], HOME: folder.path, BROWSER: 'true', MCP_REMOTE_CONFIG_DIR: folder.path, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      said += text
    })
  const closed = once(child, 'close')
  return {
    stdin: child.stdin,
    lines: createInterface({ input: child.stdout }),
    said: () => said,
    /** The address for the browser of a person. */
    async address(): Promise<string> {
      for (;;) {
        const found = /http:\/\/\S+\/oauth2\/authorize\?\S+/.exec(said)?.[0]
        if (found) return found
        await setTimeout(50)
        if (child.exitCode !== null) assert.fail(said)
      }
    },
    exit: async () => ((await closed) as [number | null])[0],
    async [Symbol.asyncDispose]() {
      child.kill()
      await closed
      await folder[Symbol.asyncDispose]()
    },
  }
}

const publicClient = (...redirectUris: string[]) =>
  addClient(server.world, {
    type: 'public',
    redirectUris,
    scopes: SCOPES,
    grantTypes: ['authorization_code', 'refresh_token'],
  })

test('the conformance package finds both scenarios of an authorization server met, without a warning', async () => {
  const { client } = await publicClient('http://127.0.0.1/callback')
  const port = String(await freePort())
  await using judge = await program([
    ...[CONFORMANCE, 'authorization', '--url', server.url, '--client-id', client.id],
    ...['--resource', notes.url, '--port', port],
  ])
  await allowAt(await judge.address())
  const code = await judge.exit()
  assert.equal(code, 0, judge.said())
  assert.doesNotMatch(judge.said(), /WARNING|FAILURE|SKIPPED/)
})

for (const way of ['registered by staff', 'that registers itself'])
  test(`mcp-remote, ${way}, connects a program without HTTP, through the browser of a person`, async () => {
    const port = String(await freePort())
    const { client } = await publicClient(
      `http://localhost:${port}/oauth/callback`,
      `http://127.0.0.1:${port}/oauth/callback`,
    )
    await using remote = await program([
      ...[MCP_REMOTE, notes.url, port, '--allow-http'],
      ...(way === 'registered by staff'
        ? ['--static-oauth-client-info', JSON.stringify({ client_id: client.id })]
        : []),
    ])
    await allowAt(await remote.address())
    const ask = async (id: number, method: string, params: object) => {
      remote.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
      for await (const [line] of eventsOf(remote.lines, 'line')) {
        const answer = JSON.parse(line) as { id?: number; result?: { content?: { text: string }[] } }
        if (answer.id === id) return answer
      }
      return assert.fail(remote.said())
    }
    await ask(1, 'initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'desk', version: '1' },
    })
    const listed = await ask(2, 'tools/call', { name: 'list_notes', arguments: {} })
    assert.match(listed.result?.content?.[0]?.text ?? '', /milk/)
  })

/*
 * Too large for everybody who runs the tests (50 MB, 120 packages). To run them: npm install @modelcontextprotocol/inspector mcporter in
 * an empty folder, and name it here.
 */
const OTHERS = process.env['MCP_CLIENTS']
const skip = OTHERS === undefined && 'MCP_CLIENTS names no folder with the Inspector and mcporter'

test("the Inspector's command line signs a person in and lists the tools", { skip }, async () => {
  const callback = `http://127.0.0.1:${await freePort()}/oauth/callback`
  const { client } = await publicClient(callback)
  const words = [
    `${OTHERS}/node_modules/@modelcontextprotocol/inspector/clients/cli/build/index.js`,
    ...[notes.url, '--transport', 'http', '--method', 'tools/list'],
    ...['--client-id', client.id, '--callback-url', callback],
  ]
  await using inspector = await program(words, { MCP_AUTO_OPEN_ENABLED: 'true', MCP_INSPECTOR_SECRET_STORE: 'memory' })
  await allowAt(await inspector.address())
  assert.equal(await inspector.exit(), 0, inspector.said())
  assert.match(inspector.said(), /list_notes/)
})

test('mcporter registers itself, signs a person in and calls a tool', { skip }, async () => {
  const MCPORTER = `${OTHERS}/node_modules/mcporter/dist/cli.js`
  await using folder = await emptyFolder()
  const env = { HOME: folder.path, MCPORTER_OAUTH_NO_BROWSER: '1' }
  const where = ['--http-url', notes.url, '--allow-http', '--name', 'notes']
  await using auth = await program([MCPORTER, 'auth', ...where], env)
  await allowAt(await auth.address())
  assert.equal(await auth.exit(), 0, auth.said())
  await using call = await program([MCPORTER, 'call', ...where, '--tool', 'list_notes', '--no-oauth'], env)
  assert.equal(await call.exit(), 0, call.said())
  assert.match(call.said(), /milk/)
})
