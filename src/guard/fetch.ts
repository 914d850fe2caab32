import { AuthError } from './answer/auth-error.ts'
import { toResponse } from './answer/protected-resource.ts'
import type { Auth } from './decide/auth.ts'
import { type Allowed, type Guard, openGuard } from './decide/guard.ts'
import type { FetchOptions } from './decide/options.ts'
import type { NoOptions, WhoFor } from './decide/who.ts'
import { isForm, webCarrier } from './request/carriers.ts'
import { readWebForm } from './request/read-form.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded, requireKind, requireScopes } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'

/** A handler of the web platform that receives `auth` as second argument. */
export type GuardedHandler<Rest extends unknown[], Who = Auth> = (
  request: Request,
  auth: Who,
  ...rest: Rest
) => Response | Promise<Response>

export type FetchGuard<Who> = {
  <Rest extends unknown[]>(handler: GuardedHandler<Rest, Who>): (request: Request, ...rest: Rest) => Promise<Response>
  close(): Promise<void>
}

/**
 * `const protect = guard({ scopes: 'read' })`, then `protect((request, auth) => Response.json(auth.subject))`: works in
 * Deno, Bun, Workers, Node and any framework with web-standard handlers.
 */
export function guard<const Options extends FetchOptions = NoOptions>(options?: Options): FetchGuard<WhoFor<Options>>
export function guard(options: FetchOptions = {}): FetchGuard<Auth> {
  const core = openGuard(options)
  const protect =
    <Rest extends unknown[]>(handler: GuardedHandler<Rest>) =>
    async (request: Request, ...rest: Rest): Promise<Response> => {
      const document = core.document(request.method, request.url)
      if (document) return toResponse(await document)
      try {
        const { auth, headers } = await checkWeb(core, request, options.clientAddress?.(request))
        return withHeaders(await handler(request, auth as Auth, ...rest), headers)
      } catch (error) {
        if (error instanceof AuthError) return error.toResponse()
        throw error
      }
    }
  return Object.assign(protect, { close: core.close })
}

/** Runs only the check, for frameworks with web-standard requests. The body stays readable. */
export async function checkWeb(core: Guard, request: Request, ip?: string): Promise<Allowed> {
  const form =
    core.readsForm && request.body && !request.bodyUsed && isForm(request.headers.get('content-type'))
      ? await readWebForm(request)
      : undefined
  return core.admit(webCarrier(request, form), { ip })
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  const entries = Object.entries(headers)
  if (entries.length === 0) return response
  // The headers of a redirect or of a fetched response are read-only, so the response is copied.
  const changed = new Response(response.body, response)
  for (const [name, value] of entries) changed.headers.set(name, value)
  return changed
}
