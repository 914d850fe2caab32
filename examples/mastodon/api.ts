import { createServer } from 'node:http'
import type { Connection } from '../../src/guard/decide/options.ts'
import { guard } from '../../src/guard/node.ts'

const NOTIFICATIONS = [
  { id: '2', type: 'mention', created_at: '2026-11-02T10:00:00.000Z' },
  { id: '1', type: 'follow', created_at: '2026-11-01T10:00:00.000Z' },
]

/** `GET /api/v1/notifications` for whoever allowed an application to read them. */
export function notificationsApi(connection: Connection) {
  const protect = guard({ ...connection, profile: 'mastodon', scopes: 'read:notifications', user: 'required' })
  const notifications = protect((_request, response) => {
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.end(JSON.stringify(NOTIFICATIONS))
  })
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] === '/api/v1/notifications') void notifications(request, response)
    else
      response.writeHead(404, { 'content-type': 'application/json; charset=utf-8' }).end('{"error":"Record not found"}')
  })
  return { server, close: protect.close }
}
