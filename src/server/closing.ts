import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

const LONGEST_REQUEST_MILLISECONDS = 20_000
const LOOK_EVERY_MILLISECONDS = 25

/**
 * Closing that lets requests under way finish, but not for ever: one that hangs must not hold up a restart. A connection
 * on which nobody asked anything yet is no request; Node would wait for it until its headers are overdue.
 */
export function gracefully(app: FastifyInstance): { close(): Promise<void> } {
  let underWay = 0
  const left = () => {
    underWay--
  }
  app.addHook('onRequest', (_request, reply, done) => {
    underWay++
    // Answered in full, or given up by either side.
    reply.raw.once('close', left)
    done()
  })

  return {
    async close() {
      const latest = performance.now() + LONGEST_REQUEST_MILLISECONDS
      let closed = false
      const closing = app.close().finally(() => {
        closed = true
      })
      while (!closed) {
        if (underWay === 0 || performance.now() > latest) app.server.closeAllConnections()
        await Promise.race([closing, setTimeout(LOOK_EVERY_MILLISECONDS)])
      }
      await closing
    },
  }
}
