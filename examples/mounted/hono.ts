import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import type { ClavigerServer } from '../../src/server/index.ts'
import { placesOf } from './places.ts'

/**
 * The same shop on Hono. A web request does not say who sent it, so the address goes beside it: limits count by it.
 * `app.mount` takes the path off the request; Claviger has to get the whole address.
 */
export function honoShop(claviger: Pick<ClavigerServer, 'fetch'>, path = '') {
  const app = new Hono()
  app.get('/hello', c => c.json({ hello: 'you' }))
  app.post('/orders', async c => c.json(await c.req.json(), 201))
  for (const place of placesOf(path))
    app.all(`${place}/*`.replace('//', '/'), c =>
      claviger.fetch(c.req.raw, { peer: getConnInfo(c).remote.address ?? '' }),
    )
  return createServer(getRequestListener(app.fetch))
}
