import { fastify } from 'fastify'
import type { Connection } from '../../src/guard/decide/options.ts'
import { authOf, guard } from '../../src/guard/fastify.ts'

const READINGS = [
  { at: '2026-11-01T00:00:00Z', celsius: 7.5 },
  { at: '2026-11-02T00:00:00Z', celsius: 6.8 },
]

/** `GET /v1/users` for OAuth access tokens, `GET /v1/data` for API keys: the two ways in of the guide. */
export async function guideApi(connection: Connection) {
  const app = fastify()
  app.decorateRequest('auth', null)
  const byToken = guard({ ...connection, scopes: 'users:read' })
  const byKey = guard({ ...connection, profile: 'apikey', scopes: 'data:read' })
  app.get('/v1/users', { onRequest: byToken }, request => ({
    users: [{ name: 'Ada' }, { name: 'Grace' }],
    asked_by: authOf(request).client?.name,
  }))
  app.get('/v1/data', { onRequest: byKey }, request => ({ data: READINGS, asked_by: authOf(request).subject?.handle }))
  app.addHook('onClose', async () => void (await Promise.all([byToken.close(), byKey.close()])))
  await app.ready()
  return { server: app.server, close: () => app.close() }
}
