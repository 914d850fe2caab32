import type { Context, MiddlewareHandler } from 'hono'
import { AuthError } from './answer/auth-error.ts'
import { toResponse } from './answer/protected-resource.ts'
import type { Auth, AuthKind } from './decide/auth.ts'
import { requireKind as kindRequired, openGuard, requireScopes as scopesRequired } from './decide/guard.ts'
import { type Needed, neededFor } from './decide/needed.ts'
import type { GuardOptions } from './decide/options.ts'
import type { NoOptions, WhoFor } from './decide/who.ts'
import { checkWeb } from './fetch.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'

export type HonoOptions = GuardOptions & {
  /** `answer` (default): the guard sends the refusal; `throw`: `app.onError` receives an `AuthError`. */
  onRefusal?: 'answer' | 'throw'
  /** Returns the address of the caller (`getConnInfo` of your adapter), for credentials that are bound to networks. */
  clientAddress?: (context: Context) => string | undefined
}
/** The variables of a guarded route: `c.var.auth`. */
export type Guarded<Who = Auth> = { Variables: { auth: Who } }
export type HonoGuard<Who = Auth> = MiddlewareHandler<Guarded<Who>> & { close(): Promise<void> }

/** `app.use(guard())`, or `app.get('/things', guard({ scopes: 'read' }), c => c.json(c.var.auth.subject))`. */
export function guard<const Options extends HonoOptions = NoOptions>(options?: Options): HonoGuard<WhoFor<Options>>
export function guard(options: HonoOptions = {}): HonoGuard<Auth | undefined> {
  const core = openGuard(options)
  const middleware: MiddlewareHandler<Guarded<Auth | undefined>> = async (c, next) => {
    const document = core.document(c.req.method, c.req.url)
    if (document) return toResponse(await document)
    try {
      const { auth, headers } = await checkWeb(core, c.req.raw, options.clientAddress?.(c))
      c.set('auth', auth)
      for (const [name, value] of Object.entries(headers)) c.header(name, value)
    } catch (error) {
      if (error instanceof AuthError && options.onRefusal !== 'throw') return error.toResponse()
      throw error
    }
    return next()
  }
  return Object.assign(middleware, { close: core.close })
}

/** Requires more scopes, or those that a function reads: `async c => scopesOfCall(await c.req.json(), TOOLS)`. Place this middleware after a guard. */
export const requireScopes = (...needed: Needed<Context<Guarded>>): MiddlewareHandler<Guarded> =>
  check(async c => scopesRequired(c.var.auth, ...(await neededFor(needed, c))))

export const requireKind = (...kinds: readonly AuthKind[]): MiddlewareHandler<Guarded> =>
  check(async ({ var: { auth } }) => kindRequired(auth, ...kinds))

const check =
  (requirement: (context: Context<Guarded>) => Promise<void>): MiddlewareHandler<Guarded> =>
  async (c, next) => {
    try {
      await requirement(c)
    } catch (error) {
      if (error instanceof AuthError) return error.toResponse()
      throw error
    }
    return next()
  }
