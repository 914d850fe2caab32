import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import type { World } from '../core/world.ts'
import { callerAddress } from '../http/caller-address.ts'
import { Params } from '../http/params.ts'
import { METHODS } from '../http/place.ts'
import type { WireRequest } from '../http/request.ts'
import { Refusal } from '../model/refusal.ts'
import type { Dialect, WireAnswer } from '../wire/dialect.ts'
import type { Metrics } from './metrics.ts'
import { NOWHERE } from './request-log.ts'

/* What is no HTTP, or stops half-way, never becomes a request. It is answered like any other refusal, and hung up on. */

/** What Node's server reports, in our words. Everything else is a fault of the grammar (RFC 9112). */
const REFUSALS: Record<string, () => Refusal> = {
  HPE_HEADER_OVERFLOW: () => new Refusal('headers-too-large'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => new Refusal('body-too-large'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Refusal('request-too-slow'),
}
const malformed = (code: string): Refusal =>
  new Refusal('request-malformed', code, { sentence: 'This is not a request that can be read as HTTP/1.1.' })

/** How long a client that still sends may read the answer before the connection is cut, in milliseconds. */
const LINGER = 500

export type Parts = {
  world: World
  log: Logger
  metrics: Metrics | undefined
  nearest: (url: string) => Dialect
  nextId: () => string
}

export function answerUnparsed({ world, log, metrics, nearest, nextId }: Parts) {
  function refuse(refusal: Refusal, socket: Socket, packet?: unknown): void {
    const request = unparsed(nextId(), socket, packet)
    const dialect = nearest(request.url)
    const answer = dialect.refuse(refusal, request, world)
    socket.end(written(answer, request.id))
    // A connection that is cut while the client still sends would take the answer back (RFC 9112 section 9.6).
    setTimeout(() => socket.destroy(), LINGER).unref()
    metrics?.answered({ route: NOWHERE, dialect: dialect.name, method: request.method }, answer.status, 0)
    const facts = { request_id: request.id, dialect: dialect.name, status: answer.status, ip: request.ip }
    log.info({ ...facts, reason: refusal.message }, 'not a request')
  }

  return {
    /** What Node's server reports about a connection. */
    fault({ code = '', rawPacket }: Fault, socket: Socket): void {
      // The connection is gone, or an answer is on its way already.
      if (code === 'ECONNRESET' || answersAlready(socket)) socket.destroy()
      else if (socket.writable) refuse((REFUSALS[code] ?? (() => malformed(code)))(), socket, rawPacket)
    },
    /** CONNECT asks for a tunnel; Node would hang up without a word. */
    connect(_request: unknown, socket: Socket): void {
      socket.on('error', () => socket.destroy())
      refuse(new Refusal('method-not-allowed', 'CONNECT', { allow: METHODS }), socket)
    },
  }
}

type Fault = { code?: string; rawPacket?: unknown }

/** Node keeps the answer of a connection's present request there. */
const answersAlready = (socket: Socket): boolean =>
  (socket as { _httpMessage?: { headersSent: boolean } | null })._httpMessage?.headersSent === true

/** As much of a request line as can be seen in the first bytes. */
const LINE = /^([A-Z]{1,20}) (\/[!-~]{0,2000})/

function unparsed(id: string, socket: Socket, packet: unknown): WireRequest {
  const [, method = '', url = '/'] = (Buffer.isBuffer(packet) && LINE.exec(packet.toString('latin1', 0, 2100))) || []
  const peer = socket.remoteAddress ?? ''
  const address = callerAddress(peer, {}, [])
  return {
    id,
    method,
    path: url.split('?', 1)[0] ?? '/',
    url,
    params: {},
    query: new Params({}),
    headers: {},
    countHeader: () => 0,
    cookies: {},
    body: { type: 'none' },
    address,
    ip: address.ip,
    peer,
  }
}

function written({ status, headers, body = '' }: WireAnswer, id: string): Buffer {
  const isJson = typeof body === 'object' && !(body instanceof Uint8Array)
  const payload = Buffer.from(isJson ? JSON.stringify(body) : (body as string | Uint8Array))
  const all: Record<string, string | string[]> = {
    ...(isJson && { 'content-type': 'application/json; charset=utf-8' }),
    ...headers,
    'x-request-id': id,
    date: new Date().toUTCString(),
    connection: 'close',
    'content-length': String(payload.length),
  }
  const lines = Object.entries(all).flatMap(([name, values]) => [values].flat().map(value => `${name}: ${value}`))
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n')
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), payload])
}
