import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { HttpAnswer } from '../http/answer.ts'
import type { Application } from '../http/application.ts'
import type { HttpRequest } from '../http/http-request.ts'
import { METHODS } from '../http/place.ts'
import { Refusal } from '../model/refusals/refusal.ts'

/* Answers bytes that are not valid HTTP, or that stop half-way. They never become a request; the client gets a refusal and the connection closes. */

/** Maps errors of Node's server to refusals. All other errors are faults of the grammar (RFC 9112). */
const REFUSALS: Record<string, () => Refusal> = {
  HPE_HEADER_OVERFLOW: () => new Refusal('headers-too-large'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => new Refusal('body-too-large'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Refusal('request-too-slow'),
}
const malformed = (code: string): Refusal =>
  new Refusal('request-malformed', code, { sentence: 'This is not a request that can be read as HTTP/1.1.' })

/**
 * If the client still sends, the connection is cut after this time in milliseconds, so that the client can read the
 * answer.
 */
const LINGER = 500

export function answerUnparsed({ refuse }: Pick<Application, 'refuse'>, breakOff: BreakOff) {
  function say(refusal: Refusal, socket: Socket, packet?: unknown): void {
    const answer = refuse(refusal, seenIn(packet, socket.remoteAddress ?? ''))
    if (!(answer.body instanceof ReadableStream)) socket.end(written(answer, answer.body))
    // Cutting the connection at once, while the client still sends, could destroy the answer (RFC 9112 section 9.6).
    setTimeout(() => socket.destroy(), LINGER).unref()
  }

  /** Connections that have had their refusal; the parser may report further errors for the following bytes. */
  const heard = new WeakSet<Socket>()

  return {
    /** Handles an error that Node's server reports about a connection. */
    fault({ code = '', rawPacket }: Fault, socket: Socket): void {
      // The connection is closed, or an answer has begun.
      if (code === 'ECONNRESET' || answersAlready(socket)) socket.destroy()
      else if (socket.writable && !heard.has(socket)) {
        heard.add(socket)
        const refusal = (REFUSALS[code] ?? (() => malformed(code)))()
        if (breakOff(socket, refusal)) setTimeout(() => socket.destroy(), LINGER).unref()
        else say(refusal, socket, rawPacket)
      }
    },
    /** CONNECT asks for a tunnel. Node would close the connection without an answer. */
    connect(_request: IncomingMessage, socket: Socket): void {
      socket.on('error', () => socket.destroy())
      say(new Refusal('method-not-allowed', 'CONNECT', { allow: METHODS }), socket)
    },
  }
}

/** Passes the refusal to the request that waits for its body on this connection; `false` if no request waits. */
type BreakOff = (socket: Socket, refusal: Refusal) => boolean
type Fault = { code?: string | undefined; rawPacket?: unknown }

/** Node keeps the current response of a connection in this field. */
const answersAlready = (socket: Socket): boolean =>
  (socket as { _httpMessage?: { headersSent: boolean } | null })._httpMessage?.headersSent === true

/** Matches the request line in the first bytes, if it is complete enough. */
const LINE = /^([A-Z]{1,20}) (\/[!-~]{0,2000})/

function seenIn(packet: unknown, peer: string): HttpRequest {
  const [, method = '', url = '/'] = (Buffer.isBuffer(packet) && LINE.exec(packet.toString('latin1', 0, 2100))) || []
  return { method, url, headers: {}, peer, hasBody: false, count: () => 0, read: async () => undefined }
}

function written({ status, headers }: HttpAnswer, body: string | Uint8Array): Buffer {
  const payload = Buffer.from(body as string)
  const all = {
    ...headers,
    date: new Date().toUTCString(),
    connection: 'close',
    'content-length': String(payload.length),
  }
  const lines = Object.entries(all).flatMap(([name, values]) => [values].flat().map(value => `${name}: ${value}`))
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n')
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), payload])
}

/** RFC 9112 section 3.2: a request needs exactly one valid Host; otherwise it could address two servers. */
export function hostFault(host: string | undefined, hosts: number): Refusal | undefined {
  if (host === undefined) return fault('The header Host is missing.')
  if (hosts > 1) return fault('The header Host was sent more than once.')
  return NO_HOST.test(host) ? fault('The header Host cannot be read.') : undefined
}

const NO_HOST = /[\s/?#@\\,]/
const fault = (sentence: string): Refusal => new Refusal('request-malformed', sentence, { sentence })
