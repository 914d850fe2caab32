import type { HttpAnswer } from '../http/answer.ts'
import type { Application } from '../http/application.ts'
import type { HttpRequest } from '../http/http-request.ts'
import { Refusal } from '../model/refusals/refusal.ts'
import { endable } from './endable.ts'
import { FetchRequest } from './fetch-request.ts'
import type { UnderWay } from './under-way.ts'
import { hostFault } from './unparsed.ts'

export type FetchSettings = {
  /** Called if the application fails to make an answer. */
  onError(error: unknown): void
  underWay: UnderWay
}

/** Facts that the surrounding program passes with the request. Some runtimes pass another object here, so `peer` counts only if it is a text. */
export type Connection = { peer?: string }

/** The limit for the request line and headers, as with `node:http` (`transport/node.ts`). */
const HEADER_BYTES = 64 * 1024
/** These statuses have no body (RFC 9110 sections 15.3.5 and 15.4.5). */
const BODILESS: ReadonlySet<number> = new Set([204, 304])

/**
 * The application as a handler for web `Request` and `Response`: Hono, Next, Bun, Deno. The surrounding server manages
 * connections and their limits.
 */
export function fetchHandler(application: Application, { onError, underWay }: FetchSettings) {
  return async (sent: Request, connection?: unknown): Promise<Response> => {
    underWay.begin()
    const request = new FetchRequest(sent, peerOf(connection))
    try {
      const fault = faultOf(request)
      const answer = fault ? application.refuse(fault, request) : await application.answer(request)
      return responseOf(answer, sent, underWay)
    } catch (error) {
      onError(error)
      return responseOf(application.refuse(new Refusal('bug', String(error)), request), sent, underWay)
    } finally {
      underWay.finish()
    }
  }
}

function peerOf(connection: unknown): string {
  const peer = typeof connection === 'object' && connection !== null && (connection as Connection).peer
  return typeof peer === 'string' ? peer : ''
}

/** Repeats the checks of an HTTP parser, because the parser of another server may be more lenient. */
function faultOf({ url, headers, count }: HttpRequest): Refusal | undefined {
  let length = url.length
  for (const name in headers) length += name.length + (headers[name] as string).length + 4
  if (length > HEADER_BYTES) return new Refusal('headers-too-large')
  // The address of a web request already contains the host.
  return headers['host'] === undefined ? undefined : hostFault(headers['host'] as string, count('host'))
}

function responseOf({ status, headers, body, last }: HttpAnswer, sent: Request, { streams }: UnderWay): Response {
  const all = new Headers()
  for (const name in headers) for (const value of [headers[name] ?? []].flat()) all.append(name, value)
  // The application will not read the remaining body.
  if (last && sent.body && !sent.body.locked) sent.body.cancel().catch(() => {})
  if (body instanceof ReadableStream) return new Response(endable(body, streams), { status, headers: all })
  if (BODILESS.has(status)) return new Response(null, { status, headers: all })
  all.set('content-length', String(Buffer.byteLength(body)))
  return new Response(sent.method === 'HEAD' ? null : (body as string), { status, headers: all })
}
