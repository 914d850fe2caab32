import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Application } from '../http/application.ts'
import { breakOff, type NodeSettings, nodeHandler } from './node-handler.ts'
import { answerUnparsed } from './unparsed.ts'

/** The limit for the headers: more than proxies accept by default (nginx 32 KB, Envoy 60 KB). */
const HEADER_BYTES = 64 * 1024
const REQUEST_MILLISECONDS = 30_000
/** Proxies keep a connection usually for 60 s. The server waits longer, so that it does not close a connection while a proxy sends. */
const IDLE_MILLISECONDS = 72_000

export type NodeServer = {
  /** The request listener for a server of the surrounding program: `node:http`, Express, Koa. */
  node: RequestListener
  /** Resolves to the port. */
  listen(where: { host: string; port: number }): Promise<number>
  /** Accepts no new requests and lets running ones finish. It waits for a limited time, so that a hanging request cannot block a restart. */
  close(): Promise<void>
}

/** Listens with `node:http`. */
export function openNodeServer(application: Application, settings: NodeSettings): NodeServer {
  const node = nodeHandler(application, settings)
  const unparsed = answerUnparsed(application, breakOff)
  const servers: Server[] = []

  async function listenAt(host: string, port: number): Promise<number> {
    const server = createServer(
      {
        maxHeaderSize: HEADER_BYTES,
        requireHostHeader: false,
        requestTimeout: REQUEST_MILLISECONDS,
        keepAliveTimeout: IDLE_MILLISECONDS,
      },
      node,
    )
    server.on('clientError', (error, socket) => unparsed.fault(error as NodeJS.ErrnoException, socket as Socket))
    server.on('connect', (request, socket) => unparsed.connect(request, socket as Socket))
    // RFC 9110 section 10.1.1 allows a server to ignore an unknown expectation.
    server.on('checkExpectation', node)
    server.listen({ host, port })
    await once(server, 'listening')
    servers.push(server)
    return (server.address() as AddressInfo).port
  }

  return {
    node,
    async listen({ host, port }) {
      const first = await listenAt(host, port)
      if (host !== 'localhost') return first
      // `localhost` may have two addresses, and clients choose either.
      const [{ address: taken }] = servers.map(server => server.address()) as [AddressInfo]
      for (const { address } of await lookup(host, { all: true }))
        if (address !== taken) await listenAt(address, first).catch(() => {})
      return first
    },
    async close() {
      const closed = servers.filter(({ listening }) => listening).map(server => once(server.close(), 'close'))
      await settings.underWay.settle()
      // A connection without a request is closed at once; Node would wait for its headers until their timeout.
      for (const server of servers) server.closeAllConnections()
      await Promise.all(closed)
    },
  }
}
