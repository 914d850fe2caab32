import type { ClavigerServer } from '../../src/server/index.ts'

/**
 * The handlers of a Next program, for `app/[[...all]]/route.ts`; its own routes are more exact, and come first by that:
 *
 * ```ts
 * const claviger = await createServer({ settings: { url: 'https://shop.example.com' } })
 * export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers(claviger)
 * ```
 *
 * Below a path (`https://shop.example.com/auth`) the file is `app/auth/[[...all]]/route.ts`, and the same handlers stand in
 * `app/.well-known/oauth-authorization-server/auth/route.ts` and `app/.well-known/openid-configuration/auth/route.ts`.
 *
 * Next does not say who sent a request: all callers count as one for the limits.
 */
export function routeHandlers({ fetch }: Pick<ClavigerServer, 'fetch'>) {
  const handle = (request: Request): Promise<Response> => fetch(request)
  return { GET: handle, HEAD: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle, OPTIONS: handle }
}
