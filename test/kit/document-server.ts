import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'

/** The settings with which a server reads documents of this machine. */
export const READS_LOOPBACK = { CLAVIGER_OUTBOUND_ALLOW: '127.0.0.0/8' }

export type DocumentServer = {
  /** `https://127.0.0.1:PORT` */
  url: string
  /** Publishes a document: a client of that address with these fields besides, or what a function does. Returns the address. */
  publish(
    path: string,
    document?: object | ((response: ServerResponse) => void),
    headers?: Record<string, string>,
  ): string
  /** Paths that were asked for so far. */
  asked: string[]
  /** Nothing answers any more; `up` again from then on. */
  down(): void
  up(): void
  [Symbol.asyncDispose](): Promise<void>
}

/** A real https server of documents on this machine, whose certificate this process trusts until it is gone. */
export async function documentServer(): Promise<DocumentServer> {
  const keys = await generate([{ name: 'commonName', value: 'documents' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, keys.cert])
  const published = new Map<string, (response: ServerResponse) => void>()
  const asked: string[] = []
  let up = true
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    if (!up) return void request.socket.destroy()
    const answer = published.get(path)
    if (answer) answer(response)
    else response.writeHead(404).end()
  }
  const server = createServer({ key: keys.private, cert: keys.cert }, listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    asked,
    publish(path, document = {}, headers = {}) {
      published.set(path, response => {
        if (typeof document === 'function') return document(response)
        response.setHeader('content-type', 'application/json')
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
        response.end(JSON.stringify({ ...aDocument(url + path), ...document }))
      })
      return url + path
    },
    down: () => {
      up = false
    },
    up: () => {
      up = true
    },
    async [Symbol.asyncDispose]() {
      setDefaultCACertificates(before)
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const aDocument = (clientId: string) => ({
  client_id: clientId,
  client_name: 'Documented',
  redirect_uris: ['http://127.0.0.1/callback'],
  token_endpoint_auth_method: 'none',
})
