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
import { type Needed, neededFor } from './decide/needed.ts'
import type { GuardOptions } from './decide/options.ts'
import type { Guarded, NoOptions, WhoFor, WhoIn } from './decide/who.ts'
import { type FormFields, isForm, nodeCarrier } from './request/carriers.ts'
import { readNodeForm } from './request/read-form.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'
export { resourceMetadata } from './node.ts'

declare global {
  namespace Express {
    interface Request {
      /** The principal of the request, set by the guard. It may be missing on a route without a guard. */
      auth: Who<this>
    }
  }
}

type Who<Here> = Here extends { res?: { locals: infer Locals } | undefined } ? WhoIn<Locals, Maybe> : Maybe
type Maybe = Auth | undefined

export type ExpressOptions = GuardOptions & {
  /** `answer` (default): the guard sends the refusal; `next`: your error handler receives an `AuthError`. */
  onRefusal?: 'answer' | 'next'
}
/** A middleware that does not change the types of later handlers. */
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
    const document = core.document(request.method, request.originalUrl)
    if (document) {
      document.then(({ status, headers, text }) => answer(response, status, headers, text)).catch(fail)
      return
    }
    let soon: Soon<Allowed>
    try {
      soon = core.readsForm ? formOf(request).then(admit) : admit()
    } catch (error) {
      fail(error)
      return
    }
    // Express 4 ignores promises, so the middleware calls `next` itself.
    if ('then' in soon) soon.then(pass, fail)
    else pass(soon)
  }
  return Object.assign(middleware, { close: core.close })
}

/** Requires more scopes, or those that a function reads from the request. Place this middleware after a guard and after the parser of the body. */
export function requireScopes(...needed: Needed<Request>): ExpressCheck
export function requireScopes(...needed: Needed<Request>): RequestHandler {
  return check(async (auth, request) => scopesRequired(auth, ...(await neededFor<Request>(needed, request))))
}

/** Accepts only these kinds of credentials. Place this middleware after a guard. */
export function requireKind(...kinds: readonly AuthKind[]): ExpressCheck
export function requireKind(...kinds: readonly AuthKind[]): RequestHandler {
  return check(async auth => kindRequired(auth, ...kinds))
}

/** Returns the principal of a request if the types do not show the guard (`app.use(guard())`). Throws if no guard admitted the request. */
export function authOf(request: { auth?: Auth | undefined }): Auth {
  if (!request.auth) throw new Error('no credential was checked for this request; is the route guarded?')
  return request.auth
}

const check =
  (requirement: (auth: Auth | undefined, request: Request) => Promise<void>): RequestHandler =>
  (request, response, next) => {
    requirement(request.auth, request).then(
      () => next(),
      error => refuse(error, {}, response, next),
    )
  }

function refuse(error: unknown, { onRefusal }: ExpressOptions, response: Response, next: NextFunction): void {
  if (!(error instanceof AuthError) || onRefusal === 'next') next(error)
  else answer(response, error.status, error.headers, JSON.stringify(error.body))
}

/** Bypasses `response.send`, because Express would add a charset to the content type, which one of the profiles does not have. */
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

/** A router mounted below a path sees only the remaining path; the query is unchanged. */
const withWholeUrl = (request: Request) => ({
  headers: request.headers,
  rawHeaders: request.rawHeaders,
  url: request.originalUrl,
})

/** Returns the form that a body parser read. Without a parser, the function reads the form and stores it in `request.body` for later handlers. */
async function formOf(request: Request): Promise<FormFields | undefined> {
  if (!isForm(request.headers['content-type'])) return undefined
  const parsed = (request as { body?: unknown }).body
  if (typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length > 0) return parsed as FormFields
  if (request.readableEnded || request.destroyed) return undefined
  const fields = await readNodeForm(request)
  if (fields) request.body = fields
  return fields
}
