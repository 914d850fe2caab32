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
import { METHODS, type Method } from '../http/place.ts'
import type { WireRequest } from '../http/request.ts'
import type { Spot } from '../http/route-table.ts'
import { Refusal } from '../model/refusal.ts'
import type { Dialect, Refuse, WireAnswer } from '../wire/dialect.ts'
import { announceSunsets } from './announce-sunsets.ts'
import { endStreamsOnClose } from './answer-stream.ts'
import { answerUnparsed } from './answer-unparsed.ts'
import { type Row, routesOf } from './dialects.ts'
import { fastifyPath } from './fastify-path.ts'
import { hostFault } from './host-fault.ts'
import type { Metrics } from './metrics.ts'
import { noteRefusal } from './note-refusal.ts'
import { watchForProxies } from './proxies.ts'
import { ANY_METHOD, knowAllMethods, routedAddress } from './raw-places.ts'
import { readBodies } from './read-bodies.ts'
import { readRequest } from './read-request.ts'
import { requestIds } from './request-ids.ts'
import { recordRequests } from './request-log.ts'
import { sendAnswer } from './send-answer.ts'

const BODY_LIMIT = 128 * 1024
/** More than proxies take from their callers unless they are told to (nginx 32 KB, Envoy 60 KB). */
const HEADER_LIMIT = 64 * 1024

/** Mounts the tables of the dialects; the only place that knows Fastify. */
export function buildServer(
  world: World,
  dialects: readonly Dialect[],
  log: Logger,
  metrics?: Metrics,
): FastifyInstance {
  const spots = routesOf(dialects)
  const routed = routedAddress(spots)
  const nearest = nearestDialect(dialects)
  const nextId = requestIds()
  const unparsed = answerUnparsed({ world, log, metrics, nearest, nextId })
  const templates = new Map(spots.map(({ path, template }) => [fastifyPath(path), template]))
  const app = fastify({
    // A missing Host is said in our words, and not by Node.
    http: { maxHeaderSize: HEADER_LIMIT, requireHostHeader: false },
    bodyLimit: BODY_LIMIT,
    genReqId: nextId,
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
    clientErrorHandler: unparsed.fault,
    rewriteUrl: ({ url = '/' }) => routed(url),
  })
  knowAllMethods(app)
  app.removeAllContentTypeParsers()
  readBodies(app)
  endStreamsOnClose(app)
  const voice = openVoice(world, log, recordRequests(app, world, log, metrics))
  const refuseUnserved = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const dialect = nearest(request.url)
    const cors = dialect.openToBrowsers?.(request.url.split('?', 1)[0] ?? '') === true
    // Where a body was not read to its end, Fastify wants the connection closed: more of it may be coming.
    const unread = reply.hasHeader('connection')
    const exchange = { request, reply, dialect, cors, unread, path: templates.get(request.routeOptions.url ?? '') }
    if (cors && request.method === 'OPTIONS') voice.say(preflight(METHODS), exchange)
    else voice.refuse(error, exchange)
  }
  app.addHook('onRequest', (request, reply, done) => {
    const refusal = hostFault(request.raw)
    if (refusal) refuseUnserved(refusal, request, reply)
    else done()
  })
  // RFC 9110 section 10.1.1: an expectation that is not known may be left out of account.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response))
  app.server.on('connect', unparsed.connect)
  app.setErrorHandler(refuseUnserved)
  app.setNotFoundHandler((request, reply) => refuseUnserved(new Refusal('not-found'), request, reply))

  const noteProxy = watchForProxies(world)
  for (const spot of spots) {
    const { methods, any, template } = spot
    const url = fastifyPath(spot.path)
    // Says everything itself, and so needs no promise that Fastify would watch.
    const answering = (rows: readonly Row[]) => (request: FastifyRequest, reply: FastifyReply) => {
      const wireRequest = readRequest(request, world.rules.trustedProxies)
      if (rows !== any) noteProxy(wireRequest)
      const row = rows.find(({ route }) => route.when === undefined || route.when(wireRequest))
      if (row) void answer(row, wireRequest, request, reply, template)
      else refuseUnserved(new Refusal('not-found'), request, reply)
    }
    for (const [method, rows] of methods)
      app.route({ method: [method], url, exposeHeadRoute: answersHead(spot), handler: answering(rows) })
    if (any.length > 0) {
      const handler = answering(any)
      const method = ANY_METHOD.filter(one => !methods.has(one as Method)) as HTTPMethods[]
      // Before Fastify looks at the body.
      app.route({ method, url, onRequest: handler, handler })
    } else answerOtherMethods(app, world, spot, voice)
  }

  async function answer(
    { dialect, route }: Row,
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
function openVoice(world: World, log: Logger, recorder: ReturnType<typeof recordRequests>): Voice {
  const sunsetOf = announceSunsets(world)

  function say(answer: WireAnswer, { request, reply, dialect, cors, path, unread }: Exchange): void {
    sendAnswer(reply, answer, {
      'x-request-id': request.id,
      // A stopping server finishes what it was asked and then hangs up, so that the next request goes elsewhere.
      ...((unread || world.health.draining()) && { connection: 'close' }),
      ...sunsetOf(dialect),
      ...(cors && ANY_ORIGIN),
    })
    recorder(request, reply, dialect.name, path)
  }

  function refuse(error: unknown, exchange: Exchange): void {
    const { request, reply, dialect, path = '' } = exchange
    const refusal = asRefusal(error)
    if (refusal.code === 'bug' || refusal.code === 'unavailable')
      log.error({ err: error, request_id: request.id }, refusal.message)
    // What failed half-way through an answer cannot be answered a second time.
    if (reply.raw.headersSent) return void reply.raw.destroy()
    const wireRequest = readRequest(request, world.rules.trustedProxies)
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

/** Methods of which a path answers none by a row. */
const otherMethods = (spot: Spot<Row>): string[] =>
  [...METHODS, 'TRACE', ...(answersHead(spot) ? [] : ['HEAD'])].filter(method => !spot.methods.has(method as Method))

const answersHead = ({ methods }: Pick<Spot<Row>, 'methods'>): boolean =>
  methods.get('GET')?.every(({ route }) => !route.headRefused) === true

/** Every path answers every method: those without a row say which ones there are, and preflights where browsers may call. */
function answerOtherMethods(app: FastifyInstance, world: World, spot: Spot<Row>, voice: Voice): void {
  const { path, template, methods, rows } = spot
  const [{ dialect, route }] = rows as [Row]
  const refuse = route.refuse ?? dialect.refuse
  const cors = rows.some(row => row.route.cors)
  const allow: string[] = [...methods.keys()]
  if (answersHead(spot)) allow.push('HEAD')
  app.route({
    method: otherMethods(spot) as HTTPMethods[],
    url: fastifyPath(path),
    handler(request, reply) {
      const exchange = { request, reply, dialect, path: template }
      if (request.method === 'OPTIONS' && cors) return voice.say(preflight(allow), exchange)
      const refusal = new Refusal('method-not-allowed', `${request.method} where ${allow.join(', ')} is answered`, {
        allow,
      })
      voice.say(refuse(refusal, readRequest(request, world.rules.trustedProxies), world), exchange)
    },
  })
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
