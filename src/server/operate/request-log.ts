import type { Logger } from 'pino'
import type { Surroundings } from '../../http/application.ts'
import type { Metrics } from './metrics.ts'

/** The label of all addresses without a route, because strangers choose the addresses. */
const NOWHERE = '(none)'

/** Counts every answer and writes one line to the log, with the route template instead of the raw address. */
export const logAnswers =
  (log: Logger, metrics: Metrics | undefined): Surroundings['onAnswer'] =>
  (request, { status, by, template = NOWHERE, milliseconds, unread }) => {
    const { method } = request
    metrics?.answered({ route: template, dialect: by, method }, status, milliseconds / 1000)
    if (!log.isLevelEnabled('info')) return
    log.info(
      {
        request_id: request.id,
        method,
        route: template,
        dialect: by,
        status,
        duration_ms: Math.round(milliseconds * 10) / 10,
        ip: request.ip,
        ...(unread && { reason: unread.message }),
      },
      unread ? 'not a request' : 'answered',
    )
  }
