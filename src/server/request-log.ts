import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Health } from '../core/health.ts'
import type { Metrics } from './metrics.ts'

/** Where nothing is served: one label for every address a stranger can think of. */
const NOWHERE = '(none)'

declare module 'fastify' {
  interface FastifyRequest {
    /** Name of the dialect that answered. */
    dialect: string
  }
}

/** Every answer carries its request id and leaves one line in the log; the address is the template, never what was sent. */
export function witnessRequests(app: FastifyInstance, log: Logger, { metrics, health }: Watching): void {
  app.decorateRequest('dialect', NOWHERE)
  // Hooks that call back: a promise for each would cost a tenth of a small request.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    // A stopping server finishes what it was asked and then hangs up, so that the next request goes elsewhere.
    if (health.draining()) reply.header('connection', 'close')
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? NOWHERE
    metrics?.answered(
      { route, dialect: request.dialect, method: request.method },
      reply.statusCode,
      reply.elapsedTime / 1000,
    )
    if (log.isLevelEnabled('info'))
      log.info(
        {
          request_id: request.id,
          method: request.method,
          route,
          dialect: request.dialect,
          status: reply.statusCode,
          duration_ms: Math.round(reply.elapsedTime * 10) / 10,
          ip: request.ip,
        },
        'answered',
      )
    done()
  })
}

export type Watching = { metrics?: Metrics; health: Health }
