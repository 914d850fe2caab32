import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { AuthError } from './answer/auth-error.ts'
import type { Auth, AuthKind } from './decide/auth.ts'
import {
  type Allowed,
  requireKind as kindRequired,
  openGuard,
  requireScopes as scopesRequired,
} from './decide/guard.ts'
import type { Soon } from './decide/judge.ts'
import type { GuardOptions } from './decide/options.ts'
import type { Guarded, NoOptions, WhoFor, WhoIn } from './decide/who.ts'
import { type FormFields, isForm, nodeCarrier } from './request/carriers.ts'
import { readNodeForm } from './request/read-form.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'

declare global {
  namespace Express {
    interface Request {
      /** Who stands behind the request; set by the guard. On a route without one it may be missing. */
      auth: Who<this>
    }
  }
}

type Who<Here> = Here extends { res?: { locals: infer Locals } | undefined } ? WhoIn<Locals, Maybe> : Maybe
type Maybe = Auth | undefined

export type ExpressOptions = GuardOptions & {
  /** `answer` (standard): the guard answers itself; `next`: an `AuthError` goes to your error handler. */
  onRefusal?: 'answer' | 'next'
}
/** A middleware that says nothing of what the handlers after it see. */
export type ExpressCheck = (request: IncomingMessage, response: ServerResponse, next: NextFunction) => void
export type ExpressGuard<Who = Auth> = {
  (
    request: IncomingMessage & { res?: { locals: Guarded<Who> } | undefined },
    response: ServerResponse,
    next: NextFunction,
  ): void
  close(): Promise<void>
}

/** `app.use(guard())`, or `app.get('/things', guard({ scopes: 'read' }), handler)`. For Express 4 and 5. */
export function guard<const Options extends ExpressOptions = NoOptions>(
  options?: Options,
): ExpressGuard<WhoFor<Options>>
export function guard(options: ExpressOptions = {}): RequestHandler & { close(): Promise<void> } {
  const core = openGuard(options)
  const middleware = (request: Request, response: Response, next: NextFunction): void => {
    const admit = (form?: FormFields) => core.admit(nodeCarrier(withWholeUrl(request), form), { ip: request.ip })
    const pass = ({ auth, headers }: Allowed): void => {
      if (auth) request.auth = auth
      response.set(headers)
      next()
    }
    const fail = (error: unknown): void => refuse(error, options, response, next)
    let soon: Soon<Allowed>
    try {
      soon = core.readsForm ? formOf(request).then(admit) : admit()
    } catch (error) {
      fail(error)
      return
    }
    // Express 4 knows nothing of promises, so nothing here is left to it.
    if ('then' in soon) soon.then(pass, fail)
    else pass(soon)
  }
  return Object.assign(middleware, { close: core.close })
}

/** Behind a guard: these scopes, too. */
export function requireScopes(...scopes: readonly string[]): ExpressCheck
export function requireScopes(...scopes: readonly string[]): RequestHandler {
  return check(auth => scopesRequired(auth, ...scopes))
}

/** Behind a guard: only these kinds of credentials. */
export function requireKind(...kinds: readonly AuthKind[]): ExpressCheck
export function requireKind(...kinds: readonly AuthKind[]): RequestHandler {
  return check(auth => kindRequired(auth, ...kinds))
}

/** Who stands behind a request, where the types do not know of the guard (`app.use(guard())`); throws where no guard let it in. */
export function authOf(request: { auth?: Auth | undefined }): Auth {
  if (!request.auth) throw new Error('no credential was checked for this request; is the route guarded?')
  return request.auth
}

const check =
  (requirement: (auth: Auth | undefined) => void): RequestHandler =>
  (request, response, next) => {
    try {
      requirement(request.auth)
    } catch (error) {
      refuse(error, {}, response, next)
      return
    }
    next()
  }

function refuse(error: unknown, { onRefusal }: ExpressOptions, response: Response, next: NextFunction): void {
  if (!(error instanceof AuthError) || onRefusal === 'next') next(error)
  else answer(response, error.status, error.headers, JSON.stringify(error.body))
}

/** Past `response.send`: Express would add a charset to the type, and one of the profiles has none. */
export function answer(
  response: Response,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): void {
  response.status(status)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.end(text)
}

/** A router mounted below a path sees only the rest of it; the query is the same. */
const withWholeUrl = (request: Request) => ({
  headers: request.headers,
  rawHeaders: request.rawHeaders,
  url: request.originalUrl,
})

/** What a body parser left, or the form read here where none ran; later handlers find it in `request.body`. */
async function formOf(request: Request): Promise<FormFields | undefined> {
  if (!isForm(request.headers['content-type'])) return undefined
  const parsed = (request as { body?: unknown }).body
  if (typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length > 0) return parsed as FormFields
  if (request.readableEnded || request.destroyed) return undefined
  const fields = await readNodeForm(request)
  if (fields) request.body = fields
  return fields
}
