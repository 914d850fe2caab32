import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { World } from '../core/world.ts'
import { callerAddress } from '../http/caller-address.ts'
import type { Metrics } from './metrics.ts'

/** Where nothing is served: one label for every address a stranger can think of. */
export const NOWHERE = '(none)'

declare module 'fastify' {
  interface FastifyRequest {
    /** When its headers had been read, in milliseconds of the monotonic clock. */
    startedAt: number
  }
}

/** Every answer is counted and leaves one line in the log; the address is the template, never what was sent. */
export function recordRequests(
  app: FastifyInstance,
  { rules }: Pick<World, 'rules'>,
  log: Logger,
  metrics: Metrics | undefined,
): (request: FastifyRequest, reply: FastifyReply, dialect: string, route: string | undefined) => void {
  app.decorateRequest('startedAt', 0)
  // Hooks call back: a promise for each would cost a tenth of a small request.
  app.addHook('onRequest', (request, _reply, done) => {
    request.startedAt = performance.now()
    done()
  })
  return (request, { raw: { statusCode } }, dialect, route = NOWHERE) => {
    const now = performance.now()
    // An address that cannot be read comes past all hooks.
    const milliseconds = now - (request.startedAt || now)
    metrics?.answered({ route, dialect, method: request.method }, statusCode, milliseconds / 1000)
    if (!log.isLevelEnabled('info')) return
    log.info(
      {
        request_id: request.id,
        method: request.method,
        route,
        dialect,
        status: statusCode,
        duration_ms: Math.round(milliseconds * 10) / 10,
        ip: callerAddress(request.socket.remoteAddress ?? '', request.headers, rules.trustedProxies).ip,
      },
      'answered',
    )
  }
}
