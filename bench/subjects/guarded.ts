import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { guard } from '../../src/guard/node.ts'
import { type Offer, offer } from '../ask.ts'

/* A small API on bare Node: one route open, the same route behind the guard, which asks a Claviger in another process. */

const [serverUrl = '', clientId = '', clientSecret = '', token = ''] = process.argv.slice(2)
const open = (_request: unknown, response: import('node:http').ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 15 }).end('{"hello":"you"}')
}
const guarded = guard({ url: serverUrl, clientId, clientSecret, scopes: 'read' })(open)

const server = createServer((request, response) =>
  request.url === '/open' ? open(request, response) : void guarded(request, response),
)
server.listen(0, '127.0.0.1', () => {
  const get = (path: string): Offer['asks'][string] => ({
    path,
    method: 'GET',
    headers: { authorization: `Bearer ${token}` },
    bodies: [''],
  })
  offer({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asks: { open: get('/open'), guarded: get('/guarded') },
  })
})
