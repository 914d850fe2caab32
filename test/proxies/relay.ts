import { once } from 'node:events'
import { createServer, type IncomingMessage, request as open, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { OpenProxy } from './real-proxies.ts'

/* What the stand-ins of proxies have in common: lists of headers as they came, a question, and passing on. */

export type Headers = [name: string, value: string][]
export type Question = { method: string; url: string; headers: Headers }
export type Reply = { status: number; headers: Record<string, string>; body: string }

/** What a proxy makes of a request: what the API gets, or a refusal. */
export type Decide = (request: Question, peer: string) => Promise<{ pass: Headers } | { refuse: Reply }>

export function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers: Headers = []
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''])
  return headers
}

export const firstOf = (headers: Headers, name: string): string | undefined =>
  headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1]
export const without = (headers: Headers, ...names: readonly string[]): Headers => {
  const gone = new Set(names.map(name => name.toLowerCase()))
  return headers.filter(([name]) => !gone.has(name.toLowerCase()))
}
export const set = (headers: Headers, name: string, value: string): Headers => [
  ...without(headers, name),
  [name, value],
]
/** RFC 9110 section 7.6.1: what is listed there is for this connection alone. */
export const listedInConnection = (headers: Headers): string[] =>
  headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map(name => name.trim())
    .filter(name => name !== '')

/** Asks the server; `undefined` where it cannot be reached. */
export function ask(port: number, { method, url, headers }: Question): Promise<Reply | undefined> {
  return new Promise(resolve => {
    const asking = open({ host: '127.0.0.1', port, method, path: url, headers: headers.flat(), setHost: false })
    asking.on('error', () => resolve(undefined))
    asking.on('response', async answer => {
      let body = ''
      for await (const part of answer) body += part
      const { connection: _, 'keep-alive': __, ...told } = answer.headers
      resolve({ status: answer.statusCode ?? 0, headers: told as Record<string, string>, body })
    })
    asking.end()
  })
}

export async function relay(port: number, api: number, decide: Decide): Promise<OpenProxy> {
  const server = createServer({ maxHeaderSize: 64 * 1024 })
  const questionOf = (request: IncomingMessage): Question => ({
    method: request.method ?? '',
    url: request.url ?? '',
    headers: headersOf(request),
  })
  const toApi = (request: IncomingMessage, headers: Headers) =>
    open({ host: '127.0.0.1', port: api, method: request.method, path: request.url, headers: headers.flat() })

  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const decision = await decide(questionOf(request), request.socket.remoteAddress ?? '')
    if ('refuse' in decision) return void refuse(response, decision.refuse)
    const onward = toApi(request, decision.pass)
    onward.on('response', answer => {
      const { connection: _, 'keep-alive': __, ...headers } = answer.headers
      response.writeHead(answer.statusCode ?? 502, headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end())
    request.pipe(onward)
  })
  server.on('upgrade', async (request: IncomingMessage, socket: Duplex) => {
    const decision = await decide(questionOf(request), request.socket.remoteAddress ?? '')
    if ('refuse' in decision) {
      socket.end(`HTTP/1.1 ${decision.refuse.status} No\r\nConnection: close\r\n\r\n`)
      return
    }
    const onward = toApi(request, decision.pass).end()
    onward.on('upgrade', (_answer, other, first) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
      socket.write(first)
      other.pipe(socket)
    })
    onward.on('response', answer => socket.end(`HTTP/1.1 ${answer.statusCode} No\r\nConnection: close\r\n\r\n`))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function refuse(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers).end(body)
}
