import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { HttpAnswer } from '../http/answer.ts'
import type { Application } from '../http/application.ts'
import type { HttpRequest } from '../http/http-request.ts'
import { Refusal } from '../model/refusals/refusal.ts'
import type { UnderWay } from './under-way.ts'
import { hostFault } from './unparsed.ts'

export type NodeSettings = {
  /** If true, each answer closes its connection, so that the next request goes to another server. */
  draining(): boolean
  /** Called if an answer cannot be made or sent. */
  onError(error: unknown): void
  underWay: UnderWay
}

/** The last request with a body of each connection. If the connection fails before the body has arrived, that request is answered, once. */
const withBody = new WeakMap<Socket, NodeRequest>()

/** Passes the refusal to the request that waits for its body on this connection; `false` if no request waits. */
export function breakOff(socket: Socket, refusal: Refusal): boolean {
  const request = withBody.get(socket)
  withBody.delete(socket)
  if (!request?.isUnderWay) return false
  request.breakOff(refusal)
  return true
}

/** The application as a request listener of `node:http`. */
export function nodeHandler(application: Application, settings: NodeSettings) {
  const { underWay, onError } = settings

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = new NodeRequest(incoming)
    if (request.hasBody) withBody.set(incoming.socket, request)
    try {
      const fault = faultOf(incoming, request)
      send(response, fault ? application.refuse(fault, request) : await application.answer(request), settings)
    } catch (error) {
      onError(error)
      // A second answer cannot follow an answer that has begun.
      if (response.headersSent) response.destroy()
      else send(response, application.refuse(new Refusal('bug', String(error)), request), settings)
    }
  }

  return (incoming: IncomingMessage, response: ServerResponse): void => {
    underWay.begin()
    // The answer is complete, or one side has closed the connection.
    response.on('close', underWay.finish)
    answer(incoming, response).catch(error => {
      onError(error)
      response.destroy()
    })
  }
}

/** HTTP/1.0 needs no Host. */
const faultOf = ({ headers: { host }, httpVersion }: IncomingMessage, request: NodeRequest): Refusal | undefined =>
  host === undefined && httpVersion === '1.0' ? undefined : hostFault(host, request.count('host'))

class NodeRequest implements HttpRequest {
  readonly #incoming: IncomingMessage
  #refusal: Refusal | undefined
  #reject: ((refusal: Refusal) => void) | undefined
  readonly method: string
  readonly url: string
  readonly mountedAt: string | undefined
  readonly headers: HttpRequest['headers']

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming
    this.method = incoming.method ?? 'GET'
    this.url = incoming.url ?? '/'
    this.mountedAt = (incoming as { baseUrl?: string }).baseUrl
    this.headers = incoming.headers
  }

  get hasBody(): boolean {
    const { headers } = this
    return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
  }

  get peer(): string {
    return this.#incoming.socket.remoteAddress ?? ''
  }

  count(name: string): number {
    const { rawHeaders } = this.#incoming
    let count = 0
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const one = rawHeaders[i] ?? ''
      if (one.length === name.length && one.toLowerCase() === name) count++
    }
    return count
  }

  /** The body has not arrived completely. */
  get isUnderWay(): boolean {
    return !this.#incoming.complete && !this.#incoming.destroyed
  }

  /** Rejects the current read of the body, or the next one. */
  breakOff(refusal: Refusal): void {
    this.#refusal = refusal
    this.#reject?.(refusal)
  }

  async read(most: number): Promise<Uint8Array | undefined> {
    const incoming = this.#incoming
    if (incoming.readableEnded)
      throw new Error('The body was read before: mount Claviger in front of what reads bodies.')
    const announced = Number(incoming.headers['content-length'])
    if (announced > most) return undefined
    // The parser buffers a body that came in one packet with its headers before the next microtask. Such a body needs no events.
    await undefined
    if (this.#refusal) throw this.#refusal
    const whole: Buffer | null = incoming.readableLength === announced ? incoming.read() : null
    if (whole) return whole
    return new Promise((resolve, reject) => {
      this.#reject = reject
      const chunks: Buffer[] = []
      let length = 0
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length <= most) return chunks.push(chunk)
        incoming.pause()
        resolve(undefined)
      })
      incoming.once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)))
      incoming.once('error', error => reject(new Refusal('request-malformed', `the body broke off: ${error.message}`)))
    })
  }
}

/** Sends the answer of the application unchanged and adds only its length. */
function send(response: ServerResponse, { status, headers, body, last }: HttpAnswer, settings: NodeSettings): void {
  const all: OutgoingHttpHeaders = headers
  if (last || settings.draining()) all['connection'] = 'close'
  if (body instanceof ReadableStream) sendStream(response.writeHead(status, all), body, settings.underWay)
  else {
    // RFC 9110 section 8.6
    if (status !== 204 && status !== 304) all['content-length'] = Buffer.byteLength(body)
    response.writeHead(status, all).end(body)
  }
}

function sendStream(response: ServerResponse, stream: ReadableStream<Uint8Array>, { streams }: UnderWay): void {
  const readable = Readable.fromWeb(stream as NodeReadableStream)
  const end = () => void readable.destroy()
  streams.add(end)
  readable.once('close', () => streams.delete(end))
  // A caller that disconnects is no error; the stream is then destroyed.
  pipeline(readable, response, () => {})
}
