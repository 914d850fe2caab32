import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  type HTTPMethods,
} from 'fastify'
import type { Logger } from 'pino'
import type { World } from '../core/world.ts'
import type { WireRequest } from '../http/request.ts'
import { Refusal } from '../model/refusal.ts'
import type { Dialect, Refuse, WireAnswer } from '../wire/dialect.ts'
import { announceEndings } from './announce-endings.ts'
import { endStreamsOnClose } from './answer-stream.ts'
import { type Place, refuseCollisions, rowsByPlace } from './dialects.ts'
import type { Metrics } from './metrics.ts'
import { noteRefusal } from './note-refusal.ts'
import { readBodies } from './read-bodies.ts'
import { readRequest } from './read-request.ts'
import { requestIds } from './request-ids.ts'
import { witnessRequests } from './request-log.ts'
import { sendAnswer } from './send-answer.ts'

const BODY_LIMIT = 128 * 1024

/** Mounts the tables of the dialects; the only place that knows Fastify. */
export function buildServer(
  world: World,
  dialects: readonly Dialect[],
  log: Logger,
  metrics?: Metrics,
): FastifyInstance {
  refuseCollisions(dialects)
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: requestIds(),
    // Entries carry the request's id themselves; a logger of its own for each request would cost two percent.
    logger: false,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // A connection that is open already gets its answers until it is closed; nothing that was taken is turned away.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    exposeHeadRoutes: true,
    // An address that cannot be decoded, or holds a longer id than there are, names nothing: said like everything else.
    frameworkErrors: (_error, request, reply) =>
      refuseUnserved(new Refusal('not-found'), request as FastifyRequest, reply as FastifyReply),
    // Without a list nobody's word about an address counts.
    trustProxy: world.rules.trustedProxies.length > 0 ? [...world.rules.trustedProxies] : false,
  })
  app.removeAllContentTypeParsers()
  readBodies(app)
  endStreamsOnClose(app)
  const voice = openVoice(world, log, witnessRequests(app, log, metrics))
  const nearest = nearestDialect(dialects)
  const refuseUnserved = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const dialect = nearest(request.url)
    const cors = dialect.openToBrowsers?.(request.url.split('?', 1)[0] ?? '') === true
    // Where a body was not read to its end, Fastify wants the connection closed: more of it may be coming.
    const unread = reply.hasHeader('connection')
    const exchange = { request, reply, dialect, cors, unread, path: request.routeOptions.url }
    if (cors && request.method === 'OPTIONS') voice.say(preflight(METHODS), exchange)
    else voice.refuse(error, exchange)
  }
  app.setErrorHandler(refuseUnserved)
  app.setNotFoundHandler((request, reply) => refuseUnserved(new Refusal('not-found'), request, reply))

  for (const { method, path, rows } of rowsByPlace(dialects))
    app.route({
      method: method as HTTPMethods,
      url: path,
      // Says everything itself, and so needs no promise that Fastify would watch.
      handler(request, reply) {
        const wireRequest = readRequest(request)
        const row = rows.find(({ route }) => route.when === undefined || route.when(wireRequest))
        if (row) void answer(row, wireRequest, request, reply, path)
        else refuseUnserved(new Refusal('not-found'), request, reply)
      },
    })

  async function answer(
    { dialect, route }: Place['rows'][number],
    wireRequest: WireRequest,
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
  ): Promise<void> {
    const exchange = { request, reply, dialect, path, cors: route.cors, refuse: route.refuse }
    try {
      voice.say(await route.handle(world, wireRequest), exchange)
    } catch (error) {
      voice.refuse(error, exchange)
    }
  }
  answerOtherMethods(app, world, dialects, voice)
  return app
}

/** One request, its reply, and whoever answers it. `refuse` is the row's own way to say no. */
type Exchange = {
  request: FastifyRequest
  reply: FastifyReply
  dialect: Dialect
  /** The template of the address, which may hold anything itself; absent where nothing is served. */
  path: string | undefined
  cors?: boolean
  /** The request may go on after the answer, and nobody wants to hear it. */
  unread?: boolean
  refuse?: Refuse | undefined
}
type Voice = {
  say(answer: WireAnswer, exchange: Exchange): void
  refuse(error: unknown, exchange: Exchange): void
}

/** What every answer carries, whoever gives it: its request id, and what its dialect has to announce. */
function openVoice(world: World, log: Logger, witness: ReturnType<typeof witnessRequests>): Voice {
  const endingOf = announceEndings(world)

  function say(answer: WireAnswer, { request, reply, dialect, cors, path, unread }: Exchange): void {
    sendAnswer(reply, answer, {
      'x-request-id': request.id,
      // A stopping server finishes what it was asked and then hangs up, so that the next request goes elsewhere.
      ...((unread || world.health.draining()) && { connection: 'close' }),
      ...endingOf(dialect),
      ...(cors && ANY_ORIGIN),
    })
    witness(request, reply, dialect.name, path)
  }

  function refuse(error: unknown, exchange: Exchange): void {
    const { request, reply, dialect, path = '' } = exchange
    const refusal = asRefusal(error)
    if (refusal.code === 'bug' || refusal.code === 'unavailable')
      log.error({ err: error, request_id: request.id }, refusal.message)
    // What failed half-way through an answer cannot be answered a second time.
    if (reply.raw.headersSent) return void reply.raw.destroy()
    const wireRequest = readRequest(request)
    noteRefusal(world, wireRequest, refusal, `${request.method} ${path}`)
    say((exchange.refuse ?? dialect.refuse)(refusal, wireRequest, world), exchange)
  }
  return { say, refuse }
}

/** 404, 405, 413 and 500 sound like the dialect whose paths they are on. */
function nearestDialect(dialects: readonly Dialect[]): (url: string) => Dialect {
  const byLength = dialects
    .flatMap(dialect => dialect.prefixes.map(prefix => ({ prefix, dialect })))
    .sort((a, b) => b.prefix.length - a.prefix.length)
  const fallback = dialects[0] as Dialect
  return url =>
    byLength.find(
      ({ prefix }) =>
        url === prefix || url.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`) || url.startsWith(`${prefix}?`),
    )?.dialect ?? fallback
}

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Every path answers every method: those without a row say which ones there are, and preflights where browsers may call. */
function answerOtherMethods(app: FastifyInstance, world: World, dialects: readonly Dialect[], voice: Voice): void {
  const paths = new Map<string, { dialect: Dialect; refuse: Refuse; methods: Set<string>; cors: boolean }>()
  for (const dialect of dialects) {
    for (const { at, cors, refuse = dialect.refuse } of dialect.routes) {
      const [methods = '', path = ''] = at.split(' ')
      const known = paths.get(path) ?? { dialect, refuse, methods: new Set<string>(), cors: false }
      for (const method of methods.split(',')) known.methods.add(method)
      known.cors ||= cors
      paths.set(path, known)
    }
  }
  for (const [url, { dialect, refuse, methods, cors }] of paths) {
    if (methods.has('GET')) methods.add('HEAD')
    const allow = [...methods]
    app.route({
      method: [...METHODS, 'TRACE'].filter(method => !methods.has(method)) as HTTPMethods[],
      url,
      handler(request, reply) {
        const exchange = { request, reply, dialect, path: url }
        if (request.method === 'OPTIONS' && cors) return voice.say(preflight(allow), exchange)
        const refusal = new Refusal('method-not-allowed', `${request.method} where ${allow.join(', ')} is answered`, {
          allow,
        })
        voice.say(refuse(refusal, readRequest(request), world), exchange)
      },
    })
  }
}

/** Any origin, never with credentials: what browsers send here is a bearer token or nothing. */
const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'deprecation, link, retry-after, sunset, www-authenticate, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, x-request-id',
}
const preflight = (allow: readonly string[]): WireAnswer => ({
  status: 204,
  headers: {
    ...ANY_ORIGIN,
    'access-control-allow-methods': allow.join(', '),
    'access-control-allow-headers': 'authorization, content-type, idempotency-key, mcp-protocol-version',
    'access-control-max-age': '600',
  },
})

/** Whatever was thrown, as a refusal: ours, the framework's, an outage, or a bug. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const { code, statusCode } = error as Partial<FastifyError>
  if (statusCode === 413) return new Refusal('body-too-large')
  if (statusCode === 415) return new Refusal('media-type-unsupported')
  if (statusCode !== undefined && statusCode < 500)
    return new Refusal('request-malformed', `${code}: ${(error as Error).message}`)
  return new Refusal('bug', error instanceof Error ? error.message : String(error))
}
