import 'reflect-metadata'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { All, Controller, HttpException, Module, UseGuards } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import * as expressGuard from '../../src/guard/express.ts'
import * as fastifyGuard from '../../src/guard/fastify.ts'
import * as fetchGuard from '../../src/guard/fetch.ts'
import * as honoGuard from '../../src/guard/hono.ts'
import * as koaGuard from '../../src/guard/koa.ts'
import { authGuard, resourceMetadata } from '../../src/guard/nest.ts'
import { withAuth } from '../../src/guard/next.ts'
import * as nodeGuard from '../../src/guard/node.ts'

/* An API of each framework that answers everything it lets in with 200, wherever and however it is asked. */

export type Door = { url: string; close(): Promise<void> }
/** As much as the frameworks themselves must take: Node's standard is 16 KB. */
const LIMITS = { maxHeaderSize: 64 * 1024 }

export const DOORS: Record<string, (options: GuardOptions) => Promise<Door>> = {
  async node(options) {
    const guard = nodeGuard.guard(options)
    return listening(
      guard((_request, response) => response.end()),
      guard.close,
    )
  },
  async express(options) {
    const guard = expressGuard.guard(options)
    const app = express()
    app.use(guard, (_request, response) => response.end())
    return listening(app, guard.close)
  },
  async koa(options) {
    const guard = koaGuard.guard(options)
    const app = new Koa()
    app.use(guard)
    app.use(context => {
      context.body = ''
      context.status = 200
    })
    return listening(app.callback(), guard.close)
  },
  async hono(options) {
    const guard = honoGuard.guard(options)
    const app = new Hono()
    app.all('*', guard, c => c.body(''))
    return serving(app.fetch, guard.close)
  },
  async fetch(options) {
    const guard = fetchGuard.guard(options)
    return serving(
      guard(() => new Response()),
      guard.close,
    )
  },
  next: options =>
    serving(
      withAuth(() => new Response(), options),
      async () => {},
    ),
  fastify: openFastify,
  nest: openNest,
}

/** Routers that decode paths answer a broken one themselves, so each path is one of theirs before it comes to them. */
const oneAddress = (url = '/'): string => `/things${url.includes('?') ? url.slice(url.indexOf('?')) : ''}`

async function openFastify(options: GuardOptions): Promise<Door> {
  const app = fastify({ http: LIMITS, rewriteUrl: ({ url }) => oneAddress(url) })
  for (const method of ['MKCOL', 'PURGE', 'LOCK', 'REPORT', 'PROPFIND', 'SEARCH', 'M-SEARCH']) app.addHttpMethod(method)
  await app.register(fastifyGuard.guardPlugin, options)
  // Bodies are the API's business: what it cannot read it refuses itself, after the guard.
  app.addHook('onRequest', async (_request, reply) => reply.send(''))
  app.all('/things', async () => '')
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, close: () => app.close() }
}

async function openNest(options: GuardOptions): Promise<Door> {
  class Things {
    answer() {
      return ''
    }
  }
  const answer = Object.getOwnPropertyDescriptor(Things.prototype, 'answer') as PropertyDescriptor
  All('things')(Things.prototype, 'answer', answer)
  UseGuards(authGuard(HttpException, options))(Things)
  Controller()(Things)
  class Api {}
  Module({ controllers: [Things] })(Api)
  const app = await NestFactory.create<NestExpressApplication>(Api, { logger: false, bodyParser: false })
  // Guards of Nest run for routes that exist.
  if (options.resource !== undefined) app.use(resourceMetadata({ ...options, resource: options.resource }))
  app.use((request: { url: string }, _response: unknown, next: () => void) => {
    request.url = oneAddress(request.url)
    next()
  })
  await app.init()
  const answers = app.getHttpAdapter().getInstance() as RequestListener
  return listening(
    (request, response) => {
      // Nest answers POST with 201; which success it is does not matter here.
      const { writeHead } = response
      response.writeHead = ((status: number, ...rest: []) =>
        writeHead.call(response, status === 201 ? 200 : status, ...rest)) as typeof writeHead
      answers(request, response)
    },
    () => app.close(),
  )
}

async function serving(
  fetch: (request: Request) => Response | Promise<Response>,
  close: () => Promise<void>,
): Promise<Door> {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1', serverOptions: LIMITS })
  if (!server.listening) await once(server, 'listening')
  return opened(server as ReturnType<typeof createServer>, close)
}

async function listening(listener: RequestListener, close: () => Promise<void>): Promise<Door> {
  const server = createServer(LIMITS, listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return opened(server, close)
}

const opened = (server: ReturnType<typeof createServer>, closeGuard: () => Promise<void>): Door => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  async close() {
    await closeGuard()
    server.closeAllConnections()
    await new Promise<void>(resolve => server.close(() => resolve()))
  },
})
