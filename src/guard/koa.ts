import type { IncomingMessage } from 'node:http'
import { AuthError } from './answer/auth-error.ts'
import type { OpenAnswer } from './answer/protected-resource.ts'
import type { Auth, AuthKind } from './decide/auth.ts'
import { requireKind as kindRequired, openGuard, requireScopes as scopesRequired } from './decide/guard.ts'
import { type Needed, neededFor } from './decide/needed.ts'
import type { GuardOptions } from './decide/options.ts'
import type { NoOptions, WhoFor } from './decide/who.ts'
import { isForm, nodeCarrier } from './request/carriers.ts'
import { readNodeForm } from './request/read-form.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'

/** The part of Koa's context that a guard uses. */
export type KoaContext<State = { auth?: Auth | undefined }> = {
  req: IncomingMessage
  request: { ip: string; body?: unknown }
  state: State
  status: number
  body: unknown
  set(headers: Record<string, string>): void
}
export type KoaMiddleware<State = { auth?: Auth | undefined }> = (
  context: KoaContext<State>,
  next: () => Promise<unknown>,
) => Promise<void>
/** `new Koa().use(guard()).use(ctx => ...)`: later handlers see `ctx.state.auth`. */
export type KoaGuard<Who = Auth> = KoaMiddleware<{ auth: Who }> & { close(): Promise<void> }

export type KoaOptions = GuardOptions & {
  /** `answer` (default): the guard sends the refusal; `throw`: the error handler upstream receives an `AuthError`. */
  onRefusal?: 'answer' | 'throw'
}

/** `app.use(guard({ scopes: 'read' }))` sets `ctx.state.auth`. */
export function guard<const Options extends KoaOptions = NoOptions>(options?: Options): KoaGuard<WhoFor<Options>>
export function guard(options: KoaOptions = {}): KoaMiddleware & { close(): Promise<void> } {
  const core = openGuard(options)
  const middleware: KoaMiddleware = async (context, next) => {
    const document = core.document(context.req.method, context.req.url)
    if (document) return send(await document, context)
    try {
      const wanted = core.readsForm && isForm(context.req.headers['content-type'])
      if (wanted) context.request.body ??= await readNodeForm(context.req)
      const form = wanted ? (context.request.body as Record<string, unknown> | undefined) : undefined
      const { auth, headers } = await core.admit(nodeCarrier(context.req, form), { ip: context.request.ip })
      if (auth) context.state.auth = auth
      context.set({ ...headers })
    } catch (error) {
      return refuse(error, options, context)
    }
    await next()
  }
  return Object.assign(middleware, { close: core.close })
}

/** Requires more scopes, or those that a function reads from the context. Place this middleware after a guard and after the parser of the body. */
export function requireScopes(...needed: Needed<KoaContext>): KoaMiddleware {
  return check(async context => scopesRequired(context.state.auth, ...(await neededFor(needed, context))))
}

/** Accepts only these kinds of credentials. Place this middleware after a guard. */
export function requireKind(...kinds: readonly AuthKind[]): KoaMiddleware {
  return check(async ({ state }) => kindRequired(state.auth, ...kinds))
}

const check =
  (requirement: (context: KoaContext) => Promise<void>): KoaMiddleware =>
  async (context, next) => {
    try {
      await requirement(context)
    } catch (error) {
      return refuse(error, {}, context)
    }
    await next()
  }

function refuse(error: unknown, { onRefusal }: KoaOptions, context: KoaContext): void {
  if (!(error instanceof AuthError) || onRefusal === 'throw') throw error
  send({ ...error, text: JSON.stringify(error.body) }, context)
}

function send({ status, headers, text }: OpenAnswer, context: KoaContext): void {
  context.status = status
  // The body is sent as bytes, because Koa would replace the content type for an object.
  context.body = Buffer.from(text)
  context.set({ ...headers })
}
