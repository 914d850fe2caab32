import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite, test } from 'node:test'
import { serve } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import * as forExpress from '../../src/guard/express.ts'
import * as forFastify from '../../src/guard/fastify.ts'
import * as forHono from '../../src/guard/hono.ts'
import { guard, requireScopes, scopesOfCall } from '../../src/guard/index.ts'
import * as forKoa from '../../src/guard/koa.ts'
import * as forNode from '../../src/guard/node.ts'
import { testIssuer } from '../../src/guard/testing.ts'

/* Tools with scopes of their own: one refusal names everything that a call needs, so that one consent is enough. */

const TOOLS = { add: 'write', remove: ['write', 'purge'] }
const issuer = testIssuer()
const OPTIONS = { server: issuer, resource: 'https://notes.example/mcp', scopes: 'read' }

test('a call needs the scopes of its tool, a list of calls those of all, and everything else none', () => {
  const call = (name: unknown) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } })
  assert.deepEqual(scopesOfCall(call('add'), TOOLS), ['write'])
  assert.deepEqual(scopesOfCall(call('remove'), TOOLS), ['write', 'purge'])
  assert.deepEqual(scopesOfCall([call('add'), call('remove'), call('list')], TOOLS), ['write', 'purge'])
  for (const other of [
    call('list'),
    call('toString'),
    call('__proto__'),
    call(['add']),
    { method: 'tools/list', params: { name: 'add' } },
    { method: 'tools/call' },
    { method: 'tools/call', params: null },
    null,
    undefined,
    'tools/call',
    [],
    [null],
  ])
    assert.deepEqual(scopesOfCall(other, TOOLS), [], JSON.stringify(other))
})

const READ = ({ body }: { body?: unknown }) => scopesOfCall(body, TOOLS)

const APPS: Record<string, () => Promise<{ url: string; close(): unknown }>> = {
  async express() {
    const app = express()
    app.use(['/mcp', '/.well-known/oauth-protected-resource'], forExpress.guard(OPTIONS))
    app.post('/mcp', express.json(), forExpress.requireScopes(READ), (_request, response) => response.json({}))
    return listening(app)
  },
  async 'express, one route'() {
    const app = express()
    app.use(forExpress.resourceMetadata(OPTIONS))
    const scopes = forExpress.requireScopes(READ)
    app.post('/mcp', forExpress.guard(OPTIONS), express.json(), scopes, (_request, response) => response.json({}))
    return listening(app)
  },
  async fastify() {
    const app = fastify()
    await app.register(forFastify.guardPlugin, OPTIONS)
    app.post('/mcp', { preHandler: forFastify.requireScopes(READ) }, async () => ({}))
    await app.listen({ port: 0, host: '127.0.0.1' })
    return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, close: () => app.close() }
  },
  async hono() {
    const app = new Hono()
    app.use(forHono.guard(OPTIONS))
    app.post(
      '/mcp',
      forHono.requireScopes(async c => scopesOfCall(await c.req.json(), TOOLS)),
      c => c.json({}),
    )
    return serving(app.fetch)
  },
  async koa() {
    const app = new Koa()
    app.use(forKoa.guard(OPTIONS))
    app.use(async (context, next) => {
      Object.assign(context.request, { body: JSON.parse(await textOf(context.req)) })
      await next()
    })
    app.use(forKoa.requireScopes(({ request }) => scopesOfCall(request.body, TOOLS)))
    app.use(context => {
      context.body = {}
    })
    return listening(app.callback())
  },
  async node() {
    const protect = forNode.guard(OPTIONS)
    return listening(
      protect(async (request, response, auth) => {
        forNode.requireScopes(auth, ...scopesOfCall(JSON.parse(await textOf(request)), TOOLS))
        response.end('{}')
      }),
    )
  },
  async fetch() {
    const protect = guard(OPTIONS)
    return serving(
      protect(async (request, auth) => {
        requireScopes(auth, ...scopesOfCall(await request.json(), TOOLS))
        return Response.json({})
      }),
    )
  },
}

for (const [framework, open] of Object.entries(APPS))
  suite(framework, () => {
    test('one refusal names the scopes of the route and of the tool; a credential that has them passes', async () => {
      const app = await open()
      const call = async (name: string, scopes: string) => {
        const answer = await fetch(`${app.url}/mcp`, {
          method: 'POST',
          headers: { ...issuer.mint({ scopes }).headers, 'content-type': 'application/json' },
          body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } }),
        })
        const scope = / scope="([^"]*)"/.exec(answer.headers.get('www-authenticate') ?? '')?.[1]
        const { error } = (await answer.json()) as { error?: string }
        return [answer.status, error, scope]
      }
      try {
        assert.deepEqual(await call('remove', 'read'), [403, 'insufficient_scope', 'read write purge'])
        assert.deepEqual(await call('add', 'read'), [403, 'insufficient_scope', 'read write'])
        assert.deepEqual(await call('list', 'read'), [200, undefined, undefined])
        assert.deepEqual(await call('remove', 'read write purge'), [200, undefined, undefined])
        assert.deepEqual(await call('remove', 'write purge'), [403, 'insufficient_scope', 'read'])
        for (const path of ['', '/mcp']) {
          const document = await fetch(`${app.url}/.well-known/oauth-protected-resource${path}`)
          assert.equal(((await document.json()) as { resource: string }).resource, OPTIONS.resource)
        }
      } finally {
        await app.close()
      }
    })
  })

async function textOf(request: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function listening(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return opened(server)
}

async function serving(fetch: (request: Request) => Response | Promise<Response>) {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await new Promise(resolve => server.once('listening', resolve))
  return opened(server as ReturnType<typeof createServer>)
}

function opened(server: ReturnType<typeof createServer>) {
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
