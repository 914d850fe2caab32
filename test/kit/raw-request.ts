import { once } from 'node:events'
import { connect } from 'node:net'

export type RawRequest = {
  method?: string
  /** The target as it stands in the request line. */
  path: string
  headers?: readonly (readonly [string, string])[]
  body?: string
  /** Sends the body without announcing its length (RFC 9112 section 7.1). */
  chunked?: true
  /** The address of this machine to ask from. */
  from?: string
}
export type RawAnswer = { status: number; headers: ReadonlyMap<string, string>; body: string }

/** One request written byte by byte, as no client library would let it pass. */
export async function rawRequest(url: string, request: RawRequest): Promise<RawAnswer> {
  const { method = 'GET', path, headers = [], body, chunked, from } = request
  const { hostname, port, host } = new URL(url)
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`]
  if (!headers.some(([name]) => name === 'Connection')) lines.push('Connection: close')
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  if (chunked) lines.push('Transfer-Encoding: chunked')
  else if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`)
  const payload = chunked ? `${Buffer.byteLength(body ?? '').toString(16)}\r\n${body}\r\n0\r\n\r\n` : (body ?? '')
  const socket = connect({ port: Number(port), host: hostname, ...(from && { localAddress: from }) })
  const parts: Buffer[] = []
  socket.on('data', part => parts.push(part))
  // An answer may come, and the connection end, before all of a body was sent.
  socket.on('error', () => {})
  socket.write(`${lines.join('\r\n')}\r\n\r\n${payload}`)
  await once(socket, 'close')
  return readAnswer(Buffer.concat(parts).toString('utf8'))
}

function readAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers: new Map(headers), body: rest.join('\r\n\r\n') }
}
