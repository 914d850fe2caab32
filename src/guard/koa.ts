import type { IncomingMessage } from 'node:http'
import { AuthError } from './answer/auth-error.ts'
import type { Auth } from './decide/auth.ts'
import { openGuard, requireScopes as scopesRequired } from './decide/guard.ts'
import type { GuardOptions } from './decide/options.ts'
import { isForm, nodeCarrier } from './request/carriers.ts'
import { readNodeForm } from './request/read-form.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'

/** As much of Koa's context as a guard touches. */
export type KoaContext = {
  req: IncomingMessage
  request: { ip: string; body?: unknown }
  state: { auth?: Auth }
  status: number
  body: unknown
  set(headers: Record<string, string>): void
}
export type KoaMiddleware = (context: KoaContext, next: () => Promise<unknown>) => Promise<void>

export type KoaOptions = GuardOptions & {
  /** `answer` (standard): the guard answers itself; `throw`: an `AuthError` goes to the error handler upstream. */
  onRefusal?: 'answer' | 'throw'
}

/** `app.use(guard({ scopes: 'read' }))`; who asked is `ctx.state.auth`. */
export function guard(options: KoaOptions = {}): KoaMiddleware & { close(): Promise<void> } {
  const core = openGuard(options)
  const middleware: KoaMiddleware = async (context, next) => {
    try {
      const wanted = core.readsForm && isForm(context.req.headers['content-type'])
      if (wanted) context.request.body ??= await readNodeForm(context.req)
      const form = wanted ? (context.request.body as Record<string, unknown> | undefined) : undefined
      const { auth, headers } = await core.check(nodeCarrier(context.req, form), { ip: context.request.ip })
      if (auth) context.state.auth = auth
      context.set({ ...headers })
    } catch (error) {
      return refuse(error, options, context)
    }
    await next()
  }
  return Object.assign(middleware, { close: core.close })
}

export function requireScopes(...scopes: readonly string[]): KoaMiddleware {
  return async (context, next) => {
    try {
      scopesRequired(context.state.auth, ...scopes)
    } catch (error) {
      return refuse(error, {}, context)
    }
    await next()
  }
}

function refuse(error: unknown, { onRefusal }: KoaOptions, context: KoaContext): void {
  if (!(error instanceof AuthError) || onRefusal === 'throw') throw error
  context.status = error.status
  // As bytes: Koa would take an object's type into its own hands.
  context.body = Buffer.from(JSON.stringify(error.body))
  context.set({ ...error.headers })
}
