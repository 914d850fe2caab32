/** The answer of a row. An object body is sent as JSON; a string or bytes are sent unchanged (set `content-type` with them). */
export type WireAnswer = {
  status: number
  headers?: Record<string, string | string[]>
  body?: object | string | Uint8Array
  /** Replaces `body`: an answer that continues until one side ends it. The server ends such an answer when the server stops. */
  stream?: ReadableStream<Uint8Array>
}

/** An answer in the form that a transport sends. */
export type HttpAnswer = {
  status: number
  headers: Record<string, string | string[]>
  body: string | Uint8Array | ReadableStream<Uint8Array>
  /** Closes the connection after this answer, because the remaining bytes of the request are not read. */
  last?: true
}

const JSON_TYPE = 'application/json; charset=utf-8'
const TEXT_TYPE = 'text/plain; charset=utf-8'
/** RFC 9110 sections 15.3.5 and 15.4.5. */
const BODILESS: ReadonlySet<number> = new Set([204, 304])

/** Serializes the answer of a row and adds a content type if it has none. The headers of the row override those in `all`. */
export function finish({ status, headers, body = '', stream }: WireAnswer, all: HttpAnswer['headers']): HttpAnswer {
  Object.assign(all, headers)
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
