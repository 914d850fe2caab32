import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Seen = { method: string; url: string; headers: Record<string, string>; length: number }
const WEB_SOCKETS = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export type EchoApi = { port: number; seen: Seen[]; close(): Promise<void> }

/** An API that notes what reaches it. It answers with that, and greets web sockets. */
export async function echoApi(): Promise<EchoApi> {
  const seen: Seen[] = []
  const note = (request: IncomingMessage): Seen => {
    // By their names as they came: X_Auth_User is not X-Auth-User.
    const headers: Record<string, string> = {}
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      headers[(request.rawHeaders[i] ?? '').toLowerCase()] = request.rawHeaders[i + 1] ?? ''
    const one = { method: request.method ?? '', url: request.url ?? '', headers, length: 0 }
    seen.push(one)
    return one
  }
  const server = createServer({ maxHeaderSize: 64 * 1024 }, async (request, response) => {
    const one = note(request)
    for await (const chunk of request) one.length += (chunk as Buffer).length
    response.writeHead(200, { 'content-type': 'application/json', 'x-seen-by': 'api' }).end(JSON.stringify(one))
  })
  server.on('upgrade', (request, socket) => {
    note(request)
    // RFC 6455 section 4.2.2; HAProxy looks whether it is right.
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${WEB_SOCKETS}`).digest('base64')
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
    socket.end(`${[...lines, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\nhello`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
