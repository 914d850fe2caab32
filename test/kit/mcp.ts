import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { listening } from '../../examples/listening.ts'
import { notesApi } from '../../examples/mcp-server/api.ts'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import { arrive, openPage } from './browser.ts'
import { PASSWORD } from './cast.ts'
import { api } from './house.ts'
import type { Machine, Memory, Order, Report } from './mcp-client.ts'
import type { TestServer } from './server.ts'

/* The example MCP server in front of a test server, its clients, and a person with a browser who allows them. */

export const SCOPES = ['notes:read', 'notes:write']

/** `front` may answer a request in place of the MCP server: for situations that no guard makes. */
export async function notesServer(
  server: Pick<TestServer, 'world' | 'url'>,
  { guard = {}, front, resource = {} }: Setting = {},
) {
  const seen: string[] = []
  let door = createServer()
  let origin = await listening(door, 0)
  // The system may give a port again, for which an earlier test has made an API.
  while (await server.world.resources.byAudience(`${origin}/mcp`)) {
    const taken = door
    door = createServer()
    origin = await listening(door, 0)
    taken.close()
  }
  const connection = await api(server as TestServer, `${origin}/mcp`, {
    scopes: SCOPES,
    strictAudience: true,
    ...resource,
  })
  const notes = notesApi({ ...connection, ...guard }, origin)
  door.on('request', async (request, response) => {
    seen.push(`${request.method} ${request.url}`)
    const own = front?.(request)
    if (!own) return void notes.server.emit('request', request, response)
    response.writeHead(own.status ?? 200, { 'content-type': 'application/json', ...own.headers })
    response.end(JSON.stringify(own.body ?? {}))
  })
  return {
    url: `${origin}/mcp`,
    origin,
    seen,
    async [Symbol.asyncDispose]() {
      door.closeAllConnections()
      door.close()
      await notes.close()
    },
  }
}
type Setting = { guard?: GuardOptions; front?: Front; resource?: Parameters<typeof api>[2] }
export type Front = (
  request: IncomingMessage,
) => { status?: number; headers?: Record<string, string>; body?: unknown } | undefined

/** A client of one major, in a process of its own. What fails is thrown with the name that the client gives it. */
export function openClient(major: 1 | 2) {
  const child: ChildProcess = fork(join(import.meta.dirname, 'mcp-client.ts'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  async function order(what: DistributiveOmit<Order, 'major'>, kept?: Memory): Promise<string> {
    child.send({ ...what, major })
    const [report] = (await once(child, 'message')) as [Report]
    if (kept && report.kept) Object.assign(forgetting(kept, report.kept), report.kept)
    if (report.failed) throw Object.assign(new Error(report.failed.message), { name: report.failed.name })
    return report.said ?? ''
  }
  return {
    /** Connects with what is kept; what the client keeps then goes to `into`. */
    connect: (url: string, kept: Memory, into = kept) => order({ do: 'connect', url, kept }, into),
    connectAs: (url: string, machine: Machine) => order({ do: 'connect as machine', url, machine }),
    finish: (url: string, kept: Memory, answer: string) => order({ do: 'finish', url, kept, answer }, kept),
    call: (tool: string, kept?: Memory, parameters: Record<string, unknown> = {}) =>
      order({ do: 'call', tool, parameters }, kept),
    async [Symbol.asyncDispose]() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}
export type Notes = Awaited<ReturnType<typeof notesServer>>
export type Desk = Awaited<ReturnType<typeof openDesk>>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

function forgetting(kept: Memory, now: Memory): Memory {
  for (const name of ['client', 'tokens', 'verifier', 'discovery'] as const) if (!(name in now)) delete kept[name]
  return kept
}

/** How a person allows: with a page of their own or a fresh one, signed in or with an API key. */
export type Manner = { page?: Page; handle?: string; key?: string }

/** A person opens the address in a browser, signs in where asked or gives a key, and allows; returns what is shown in the end. */
export async function allowAt(address: string, { page, handle = 'alice', key }: Manner = {}) {
  const own = page ?? (await openPage())
  await own.goto(address)
  if (key !== undefined) {
    await own.fill('[name=api_key]', key)
    await arrive(own, () => own.getByRole('button', { name: 'Continue with the key' }).click())
  } else if (await own.locator('[name=username]').count()) {
    await own.fill('[name=username]', handle)
    await own.fill('[name=password]', PASSWORD)
    await arrive(own, () => own.click('button[type=submit]'))
  }
  const button = own.getByRole('button', { name: 'Allow' })
  if (await button.count()) await arrive(own, () => button.click())
  const shown = `${own.url()}: ${await own.locator('body').textContent()}`
  if (!page) await own.context().close()
  return shown
}

/** The application of a person, which waits at a free port of this machine for the answer of the browser (RFC 8252 section 7.3). */
export async function openDesk() {
  const answers: string[] = []
  const door = createServer((request, response) => {
    if (request.url?.startsWith('/callback')) answers.push(new URL(request.url, 'http://desk').search)
    response.setHeader('content-type', 'text/html').end('<title>Back at the desk</title>')
  })
  const redirectUri = `${await listening(door, 0)}/callback`
  const memory = (more: Partial<Memory> = {}): Memory => ({
    sentTo: [],
    forgotten: [],
    ...more,
    metadata: {
      client_name: 'Writing desk',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...more.metadata,
    },
  })

  /** A person allows what is asked there; returns the query of the answer. */
  async function allow(address: string, more: Manner = {}) {
    const shown = await allowAt(address, more)
    return answers.pop() ?? assert.fail(`no answer came: ${shown}`)
  }
  const close = async () => {
    door.closeAllConnections()
    door.close()
  }
  return { redirectUri, memory, allow, [Symbol.asyncDispose]: close }
}
