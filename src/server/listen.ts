import fastifyCookie from '@fastify/cookie'
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  type HTTPMethods,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import type { World } from '../core/world.ts'
import { Refusal } from '../model/refusal.ts'
import type { Dialect, Refuse, WireAnswer } from '../wire/dialect.ts'
import { parseJson } from '../wire/kit/json.ts'
import type { Body } from '../wire/kit/request.ts'
import { announceEndings } from './announce-endings.ts'
import { endStreamsOnClose, sendStream } from './answer-stream.ts'
import { refuseCollisions, rowsByPlace } from './dialects.ts'
import type { Metrics } from './metrics.ts'
import { noteRefusal } from './note-refusal.ts'
import { parseForm, parseMultipart, readRequest } from './read-request.ts'
import { requestIds } from './request-ids.ts'
import { witnessRequests } from './request-log.ts'

const BODY_LIMIT = 128 * 1024

/** Mounts the tables of the dialects; the only place that knows Fastify. */
export async function buildServer(
  world: World,
  dialects: readonly Dialect[],
  logger: Logger,
  metrics?: Metrics,
): Promise<FastifyInstance> {
  refuseCollisions(dialects)
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: requestIds(),
    loggerInstance: logger as never,
    // Entries carry the request's id themselves; a logger of its own for each request would cost two percent.
    childLoggerFactory: parent => parent,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // A connection that is open already gets its answers until it is closed; nothing that was taken is turned away.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    exposeHeadRoutes: true,
    // Without a list nobody's word about an address counts.
    trustProxy: world.rules.trustedProxies.length > 0 ? [...world.rules.trustedProxies] : false,
  }) as unknown as FastifyInstance
  app.removeAllContentTypeParsers()
  readBodies(app)
  endStreamsOnClose(app)
  witnessRequests(app, logger, { health: world.health, ...(metrics && { metrics }) })
  await app.register(fastifyCookie)

  const nearest = nearestDialect(dialects)
  const endingOf = announceEndings(world)
  const speak: Speak = (dialect, request, reply) => {
    request.dialect = dialect.name
    const ending = endingOf(dialect)
    if (ending) reply.headers(ending)
  }
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = asRefusal(error)
    if (refusal.code === 'bug' || refusal.code === 'unavailable')
      request.log.error({ err: error, request_id: request.id }, refusal.message)
    const wireRequest = readRequest(request)
    noteRefusal(world, wireRequest, refusal, `${request.method} ${request.routeOptions.url ?? ''}`)
    const dialect = nearest(request.url)
    speak(dialect, request, reply)
    return send(reply, dialect.refuse(refusal, wireRequest, world))
  }
  app.setErrorHandler(refuse)
  app.setNotFoundHandler((request, reply) => refuse(new Refusal('not-found'), request, reply))

  for (const { method, path, rows } of rowsByPlace(dialects)) {
    app.route({
      method: method as HTTPMethods,
      url: path,
      async handler(request, reply) {
        const wireRequest = readRequest(request)
        const row = rows.find(({ route }) => route.when?.(wireRequest) ?? true)
        if (!row) return refuse(new Refusal('not-found'), request, reply)
        const { dialect, route } = row
        speak(dialect, request, reply)
        if (route.cors) reply.headers(ANY_ORIGIN)
        try {
          return send(reply, await route.handle(world, wireRequest))
        } catch (error) {
          const refusal = asRefusal(error)
          if (refusal.code === 'bug' || refusal.code === 'unavailable')
            request.log.error({ err: error, request_id: request.id }, refusal.message)
          noteRefusal(world, wireRequest, refusal, route.at)
          return send(reply, (route.refuse ?? dialect.refuse)(refusal, wireRequest, world))
        }
      },
    })
  }
  answerOtherMethods(app, world, dialects, speak)
  return app
}

function send(reply: FastifyReply, { status, headers, body, stream }: WireAnswer): FastifyReply {
  reply.code(status)
  if (headers) reply.headers(headers)
  if (body instanceof Uint8Array) return reply.send(body)
  if (stream) return sendStream(reply, stream)
  const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '')
  if (typeof body === 'object' && !reply.hasHeader('content-type'))
    reply.header('content-type', 'application/json; charset=utf-8')
  // To JSON sent as text Fastify adds a charset; some dialects' originals had none.
  return reply.send(reply.getHeader('content-type') === 'application/json' ? Buffer.from(text) : text)
}

/** Bodies become data here; whether a route reads this type is the route's business. */
function readBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    (request: FastifyRequest, bytes: Buffer): Promise<Body> =>
      parseMultipart(bytes, request.headers['content-type'] ?? '')
        .then((fields): Body => ({ type: 'multipart', fields }))
        .catch(brokenBody),
  )
  const parser =
    (parse: (text: string, mediaType: string) => Body) =>
    (request: FastifyRequest, text: string | Buffer, done: (error: Error | null, body?: Body) => void) => {
      try {
        done(null, parse(String(text), request.headers['content-type'] ?? ''))
      } catch (error) {
        done(null, brokenBody(error))
      }
    }
  const asText = { parseAs: 'string' as const }
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    asText,
    parser(text => ({ type: 'form', fields: parseForm(text) })) as never,
  )
  app.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json(?:;|$)/,
    asText,
    parser(text => (text === '' ? { type: 'none' } : { type: 'json', value: parseJson(text) })) as never,
  )
  app.addContentTypeParser(
    '*',
    asText,
    parser((text, mediaType) => (text === '' ? { type: 'none' } : { type: 'unread', mediaType, text })) as never,
  )
}

function brokenBody(error: unknown): Body {
  if (error instanceof Refusal) return { type: 'broken', refusal: error }
  throw error
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

/** Notes which dialect answers, and adds what it has to announce. */
type Speak = (dialect: Dialect, request: FastifyRequest, reply: FastifyReply) => void

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Every path answers every method: those without a row say which ones there are, and preflights where browsers may call. */
function answerOtherMethods(app: FastifyInstance, world: World, dialects: readonly Dialect[], speak: Speak): void {
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
      method: METHODS.filter(method => !methods.has(method)) as HTTPMethods[],
      url,
      handler(request, reply) {
        speak(dialect, request, reply)
        if (request.method === 'OPTIONS' && cors) return send(reply, preflight(allow))
        const refusal = new Refusal('method-not-allowed', `${request.method} where ${allow.join(', ')} is answered`, {
          allow,
        })
        return send(reply, refuse(refusal, readRequest(request), world))
      },
    })
  }
}

/** Any origin, never with credentials: what browsers send here is a bearer token or nothing. */
const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'deprecation, link, retry-after, sunset, www-authenticate, x-request-id',
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
