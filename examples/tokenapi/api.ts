import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Connection } from '../../src/guard/decide/options.ts'
import { JsonError, JsonResponse, requireToken, type TokenPairAuth } from '../../src/guard/tokenapi.ts'

/** The sample view of the document as a function, and the same idea as a class with a method per HTTP method. */
export function viewsApi(connection: Connection) {
  const tokenRequired = requireToken(connection)

  const index = tokenRequired(request =>
    request.method === 'POST' ? JsonResponse({ test1: 49, test2: 'awesome' }) : JsonError('Only POST is allowed'),
  )

  class Profile {
    get(_request: Request, auth: TokenPairAuth) {
      return JsonResponse({ user: auth.subject.number, name: auth.subject.handle })
    }
  }
  const views: Record<string, (request: Request) => Promise<Response>> = {
    '/index.json': index,
    '/profile.json': tokenRequired(Profile),
  }

  const answer = (request: Request): Promise<Response> | Response =>
    views[new URL(request.url).pathname]?.(request) ?? JsonError('Not found', 404).toResponse()
  return { server: createServer(getRequestListener(answer)), close: tokenRequired.close }
}
