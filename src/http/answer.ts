/** An answer as a row makes it. An object body is sent as JSON; a string or bytes as they are (set `content-type` with them). */
export type WireAnswer = {
  status: number
  headers?: Record<string, string | string[]>
  body?: object | string | Uint8Array
  /** Instead of a body: an answer that goes on until one side ends it. The server ends it when it stops. */
  stream?: ReadableStream<Uint8Array>
}

/** An answer as a transport sends it. */
export type HttpAnswer = {
  status: number
  headers: Record<string, string | string[]>
  body: string | Uint8Array | ReadableStream<Uint8Array>
  /** The connection ends with this answer: more of the request may be coming, and is not read. */
  last?: true
}

const JSON_TYPE = 'application/json; charset=utf-8'
const TEXT_TYPE = 'text/plain; charset=utf-8'
/** RFC 9110 sections 15.3.5 and 15.4.5. */
const BODILESS: ReadonlySet<number> = new Set([204, 304])

/** Byte for byte what the row made; only a type is added, where none is named. `more` are headers that the row may replace. */
export function finish({ status, headers, body = '', stream }: WireAnswer, more: HttpAnswer['headers']): HttpAnswer {
  const all = { ...more, ...headers }
  if (stream) return { status, headers: all, body: stream }
  if (BODILESS.has(status)) {
    delete all['content-type']
    return { status, headers: all, body: '' }
  }
  if (body instanceof Uint8Array) return { status, headers: all, body }
  const isText = typeof body === 'string'
  all['content-type'] ??= isText ? TEXT_TYPE : JSON_TYPE
  return { status, headers: all, body: isText ? body : JSON.stringify(body) }
}
