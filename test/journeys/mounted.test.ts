import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { pino } from 'pino'
import { expressShop } from '../../examples/mounted/express.ts'
import { honoShop } from '../../examples/mounted/hono.ts'
import { routeHandlers } from '../../examples/mounted/next.ts'
import { compose } from '../../src/server/compose.ts'
import { type ClavigerServer, createServer } from '../../src/server/index.ts'
import { openLog } from '../../src/server/operate/log.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { addClient, addUser, askTokens, authorizeUrl, pkce, redeem, signIn } from '../kit/cast.ts'
import { person } from '../kit/person.ts'

/* Claviger inside programs that have a server of their own. */

type Program = (claviger: ClavigerServer, path?: string) => Pick<Server, 'listeners'>

const PROGRAMS: Record<string, Program> = {
  Express: expressShop,
  Hono: honoShop,
  /** Handlers by method, called as Next calls those of a catch-all route. */
  Next(claviger) {
    const handlers: Record<string, (request: Request, context: unknown) => Promise<Response>> = routeHandlers(claviger)
    const answer = async (request: Request): Promise<Response> => {
      if (new URL(request.url).pathname === '/hello') return Response.json({ hello: 'you' })
      return (await handlers[request.method]?.(request, { params: Promise.resolve({}) })) ?? new Response(null)
    }
    return createHttpServer(getRequestListener(answer, { overrideGlobalObjects: false }))
  },
}

async function mounted(program: Program, { lines, path = '' }: { lines?: string[]; path?: string } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'claviger-mounted-'))
  let listener: RequestListener = () => {}
  const http = createHttpServer((request, response) => listener(request, response))
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const url = origin + path
  const settings = { dataDir, url, limits: 'off' }
  const { world, close } = await compose(readConfig({}, settings))
  await addUser(world)
  const by = await addClient(world, { grantTypes: ['authorization_code', 'client_credentials', 'refresh_token'] })
  await close()
  const log = lines ? openLog('trace', { write: line => lines.push(line) }) : pino({ level: 'silent' })
  const claviger = await createServer({ settings, log })
  listener = program(claviger, path).listeners('request')[0] as RequestListener
  return {
    ...{ origin, url, by, claviger },
    async [Symbol.asyncDispose]() {
      await claviger.close()
      http.close()
      http.closeAllConnections()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const MOUNTS = Object.entries(PROGRAMS).flatMap(([name, program]) =>
  ['', '/auth'].map(path => [`inside ${name}${path && ` below ${path}`}`, program, path] as const),
)

for (const [where, program, path] of MOUNTS) {
  test(`${where} a client gets a token of its own, and the program keeps its routes`, async () => {
    await using shop = await mounted(program, { path })
    assert.deepEqual(await (await fetch(`${shop.origin}/hello`)).json(), { hello: 'you' })
    const got = await askTokens(shop.url, shop.by, { grant_type: 'client_credentials', scope: 'read' })
    assert.equal(got.status, 200, JSON.stringify(got))
    const between = `${shop.origin}/.well-known/oauth-authorization-server${path}`
    for (const place of [between, `${shop.url}/.well-known/oauth-authorization-server`])
      assert.equal(((await (await fetch(place)).json()) as { issuer: string }).issuer, shop.url, place)
    const who = await fetch(`${shop.url}/v1/whoami`, { headers: { authorization: `Bearer ${got.access_token}` } })
    assert.equal(who.status, 200)
    assert.equal((await fetch(`${shop.url}/nothing`)).status, 404)
  })

  test(`${where} a person signs in and lets an application in`, async () => {
    await using shop = await mounted(program, { path })
    const { verifier, challenge } = pkce()
    const alice = person(shop.url)
    await alice.visit(shop.url + authorizeUrl(shop.by.client.id, challenge))
    await signIn(alice)
    const { sentTo } = await alice.submit({ decision: 'allow' })
    const code = sentTo?.searchParams.get('code') ?? ''
    const got = await redeem(shop.url, shop.by, code, verifier)
    assert.equal(got.status, 200, JSON.stringify(got))
  })
}

test('a body that the program read before is not waited for; the log says what to do', async () => {
  const lines: string[] = []
  await using shop = await mounted(
    ({ node }) => {
      const app = express()
      app.use(express.urlencoded())
      app.use(node)
      return createHttpServer(app)
    },
    { lines },
  )
  const { status } = await askTokens(shop.url, shop.by, { grant_type: 'client_credentials' })
  assert.equal(status, 500)
  assert.ok(lines.some(line => line.includes('mount Claviger in front of what reads bodies')))
})

test('a server without a port listens when it is told to; after its end it refuses what is handed to it', async () => {
  await using shop = await mounted(expressShop)
  const { claviger, url } = shop
  assert.deepEqual([claviger.url, claviger.issuer], [url, url])
  const asked = () => claviger.fetch(new Request(`${url}/readyz`))
  assert.equal((await asked()).status, 200)
  await Promise.all([claviger.close(), claviger.stop()])
  assert.equal((await asked()).status, 503)
})

test('a server with a port listens at once; asking it to listen again changes nothing', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'claviger-mounted-'))
  const claviger = await createServer({ settings: { dataDir, port: '0' }, log: pino({ level: 'silent' }) })
  assert.equal((await fetch(`${claviger.url}/livez`)).status, 200)
  assert.equal(await claviger.listen(), claviger.url)
  assert.equal(claviger.issuer, claviger.url)
  await claviger.close()
  await assert.rejects(fetch(`${claviger.url}/livez`))
  await rm(dataDir, { recursive: true, force: true })
})
