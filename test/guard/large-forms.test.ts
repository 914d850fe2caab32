import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { serve } from '@hono/node-server'
import express from 'express'
import Koa from 'koa'
import type { GuardOptions } from '../../src/guard/decide/options.ts'
import * as expressGuard from '../../src/guard/express.ts'
import * as fetchGuard from '../../src/guard/fetch.ts'
import * as koaGuard from '../../src/guard/koa.ts'
import * as nodeGuard from '../../src/guard/node.ts'
import { issue, person } from '../kit/house.ts'
import { rawRequest } from '../kit/raw-request.ts'
import { testServer } from '../kit/server.ts'

/*
 * The profiles of older systems look for a credential in forms. What is too large to be such a form belongs to the API,
 * which still reads the whole of it.
 */

type Opened = { listener: RequestListener; close(): Promise<void> }
const SHELLS: Record<string, (options: GuardOptions) => Opened> = {
  node(options) {
    const guard = nodeGuard.guard(options)
    return { listener: guard(sayLength), close: guard.close }
  },
  express(options) {
    const guard = expressGuard.guard(options)
    return { listener: express().use(guard, sayLength), close: guard.close }
  },
  koa(options) {
    const guard = koaGuard.guard(options)
    const app = new Koa().use(guard).use(async context => {
      context.body = String(await lengthOf(context.req))
    })
    return { listener: app.callback(), close: guard.close }
  },
}

async function sayLength(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.end(String(await lengthOf(request)))
}
async function lengthOf(body: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0
  for await (const chunk of body) length += chunk.length
  return length
}

const LENGTH = 200 * 1024
const form = `data=${'x'.repeat(LENGTH - 'data='.length)}`
const FORMS = {
  'a length that is announced': { body: form },
  'chunks of unknown length': { body: form, chunked: true },
} as const

async function tryForms(url: string, pair: string): Promise<void> {
  for (const [name, request] of Object.entries(FORMS)) {
    const headers: [string, string][] = [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Authorization', `Basic ${btoa(pair)}`],
    ]
    const good = await rawRequest(url, { method: 'POST', path: '/', headers, ...request })
    assert.deepEqual([good.status, good.body.includes(String(LENGTH))], [200, true], name)
    const bare = await rawRequest(url, { method: 'POST', path: '/', headers: headers.slice(0, 1), ...request })
    assert.equal(bare.status, 401, name)
  }
}

for (const [name, open] of Object.entries(SHELLS))
  test(`${name}: a form that is too large to carry a credential is left to the API, whole`, async () => {
    await using server = await testServer()
    const { presented } = await issue(server.world, 'token-pair', await person(server.world))
    const { listener, close } = open({ server, profile: 'tokenapi' })
    const api = createServer(listener).listen(0, '127.0.0.1')
    await once(api, 'listening')
    try {
      await tryForms(`http://127.0.0.1:${(api.address() as AddressInfo).port}`, presented)
    } finally {
      await close()
      api.closeAllConnections()
      api.close()
    }
  })

test('fetch: a form that is too large to carry a credential is left to the API, whole', async () => {
  await using server = await testServer()
  const { presented } = await issue(server.world, 'token-pair', await person(server.world))
  const guard = fetchGuard.guard({ server, profile: 'tokenapi' })
  const handler = guard(async request => new Response(String((await request.arrayBuffer()).byteLength)))
  const api = serve({ fetch: handler, port: 0, hostname: '127.0.0.1' })
  if (!api.listening) await once(api, 'listening')
  try {
    await tryForms(`http://127.0.0.1:${(api.address() as AddressInfo).port}`, presented)
  } finally {
    await guard.close()
    api.close()
  }
})
