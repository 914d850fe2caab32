import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import type { Auth } from '../../src/guard/decide/auth.ts'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import * as expressGuard from '../../src/guard/express.ts'
import * as fastifyGuard from '../../src/guard/fastify.ts'
import * as fetchGuard from '../../src/guard/fetch.ts'
import * as honoGuard from '../../src/guard/hono.ts'
import * as koaGuard from '../../src/guard/koa.ts'
import { withAuth } from '../../src/guard/next.ts'
import * as nodeGuard from '../../src/guard/node.ts'

/* One small API per framework: `/things` is guarded and says who asked; nothing else differs. */

export type Api = { url: string; close(): Promise<void> }
export type Shell = (options: GuardOptions) => Promise<Api>

export const shells: Record<string, Shell> = {
  async express(options) {
    const guard = expressGuard.guard(options)
    const app = express()
    app.all('/things', guard, (request, response) => {
      response.json(said(request.auth))
    })
    return listening(app, guard.close)
  },

  async fetch(options) {
    const guard = fetchGuard.guard(options)
    const things = guard((_request, auth) => Response.json(said(auth)))
    return serving(things, guard.close)
  },

  async fastify(options) {
    const app = fastify()
    await app.register(fastifyGuard.guardPlugin, options)
    app.route({ method: ['GET', 'POST'], url: '/things', handler: ({ auth }) => said(auth) })
    await app.listen({ port: 0, host: '127.0.0.1' })
    return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/things`, close: () => app.close() }
  },

  async hono(options) {
    const guard = honoGuard.guard(options)
    const app = new Hono()
    app.all('/things', guard, c => c.json(said(c.var.auth)))
    return serving(app.fetch, guard.close)
  },

  async koa(options) {
    const guard = koaGuard.guard(options)
    const app = new Koa()
    app.use(guard).use(context => {
      context.body = said(context.state.auth)
    })
    return listening(app.callback(), guard.close)
  },

  async node(options) {
    const guard = nodeGuard.guard(options)
    const handler = guard((_request, response, auth) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said(auth)))
    })
    return listening(handler, guard.close)
  },

  async next(options) {
    const things = withAuth((_request, auth) => Response.json(said(auth)), options)
    return serving(things, async () => {})
  },
}

const said = (auth: Auth | null | undefined) => ({ kind: auth?.kind ?? null, handle: auth?.subject?.handle ?? null })

async function serving(fetch: (request: Request) => Response | Promise<Response>, close: () => Promise<void>) {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  return opened(server, close)
}

async function listening(listener: RequestListener, closeGuard: () => Promise<void>): Promise<Api> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return opened(server, closeGuard)
}

function opened(
  server: { address(): unknown; close(done: () => void): unknown },
  closeGuard: () => Promise<void>,
): Api {
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/things`,
    async close() {
      await closeGuard()
      ;(server as { closeAllConnections?: () => void }).closeAllConnections?.()
      await new Promise<void>(resolve => server.close(resolve))
    },
  }
}
