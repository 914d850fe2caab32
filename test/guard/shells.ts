import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import express from 'express'
import * as expressGuard from '../../src/guard/express.ts'
import * as fetchGuard from '../../src/guard/fetch.ts'
import type { GuardOptions } from '../../src/guard/guard.ts'

/* One small API per framework: `/things` is guarded and says who asked; nothing else differs. */

export type Api = { url: string; close(): Promise<void> }
export type Shell = (options: GuardOptions) => Promise<Api>

export const shells: Record<string, Shell> = {
  async express(options) {
    const guard = expressGuard.guard(options)
    const app = express()
    app.all('/things', guard, (request, response) => {
      response.json({ kind: request.auth?.kind ?? null, handle: request.auth?.subject?.handle ?? null })
    })
    return listening(app, guard.close)
  },

  async fetch(options) {
    const guard = fetchGuard.guard(options)
    const things = guard((_request, auth) =>
      Response.json({ kind: auth?.kind ?? null, handle: auth?.subject?.handle ?? null }),
    )
    const server = serve({ fetch: things, port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    return opened(server, guard.close)
  },
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
