import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type AppRow, type Owner, openApplication, type Seen } from '../../src/http/application.ts'
import { readOn } from '../../src/http/place.ts'
import { fetchHandler } from '../../src/transport/fetch.ts'
import { type NodeServer, openNodeServer } from '../../src/transport/node.ts'
import { openUnderWay } from '../../src/transport/under-way.ts'

/* A small application behind each transport, asked through a socket. */

type Open = (
  application: ReturnType<typeof openApplication>,
  settings: Parameters<typeof openNodeServer>[1],
) => Pick<NodeServer, 'listen' | 'close'>

export const TRANSPORTS: Record<'node' | 'fetch', Open> = {
  node: openNodeServer,
  /** Behind a server of another program, which parses more than we take. */
  fetch(application, settings) {
    const fetch = fetchHandler(application, settings)
    const listener = getRequestListener(
      (request, env) => fetch(request, { peer: ('incoming' in env && env.incoming.socket.remoteAddress) || '' }),
      { overrideGlobalObjects: false },
    )
    const server = createServer({ maxHeaderSize: 1024 * 1024 }, listener)
    return {
      async listen({ host, port }) {
        await once(server.listen(port, host), 'listening')
        return (server.address() as AddressInfo).port
      },
      async close() {
        const closed = server.listening && once(server.close(), 'close')
        await settings.underWay.settle()
        server.closeAllConnections()
        await closed
      },
    }
  },
}
export type Transport = keyof typeof TRANSPORTS

const owner: Owner = {
  name: 'test',
  prefixes: ['/'],
  refuse: ({ code }) => ({
    status: code === 'bug' ? 500 : code === 'body-too-large' ? 413 : code === 'headers-too-large' ? 431 : 400,
    body: { code },
  }),
}

export const row = (path: `/${string}`, handle: AppRow['handle']): AppRow => ({
  ...{ at: readOn(['GET', 'POST', path]), of: 'test', owner, cors: false, headRefused: false },
  handle,
  refuse: owner.refuse,
})

/** These rows, listening on a free port. */
export async function serving(transport: Transport, ...rows: AppRow[]) {
  const [seen, errors]: [Seen[], unknown[]] = [[], []]
  const state = { draining: false }
  const application = openApplication(rows, [owner], {
    proxies: [],
    newId: () => 'id',
    onRefusal: () => {},
    onAnswer: (_request, what) => seen.push(what),
  })
  const { listen, close } = TRANSPORTS[transport](application, {
    draining: () => state.draining,
    onError: error => errors.push(error),
    underWay: openUnderWay(),
  })
  const port = await listen({ host: '127.0.0.1', port: 0 })
  const open = (bytes: string): Socket & { said: string } => {
    const socket = Object.assign(connect(port, '127.0.0.1'), { said: '' })
    socket.setTimeout(10_000, () => socket.destroy(new Error('the server says nothing')))
    socket.on('data', chunk => {
      socket.said += chunk
    })
    socket.on('error', () => {})
    socket.write(bytes)
    return socket
  }
  return {
    ...{ seen, errors, state, open, close, port },
    /** All that is said until the server hangs up. */
    async said(bytes: string): Promise<string> {
      const socket = open(bytes)
      await once(socket, 'close')
      return socket.said
    },
    [Symbol.asyncDispose]: close,
  }
}
