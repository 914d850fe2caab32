import type { IncomingMessage } from 'node:http'
import { AuthError } from './answer/auth-error.ts'
import type { Auth } from './decide/auth.ts'
import { openGuard } from './decide/guard.ts'
import type { GuardOptions } from './decide/options.ts'
import { type FormFields, isForm, nodeCarrier } from './request/carriers.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded, requireKind, requireScopes } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'
export { resourceMetadata } from './node.ts'

/** The part of Nest that a guard uses, for requests of its Express and Fastify adapters. */
export type NestContext = { switchToHttp(): { getRequest(): unknown; getResponse(): unknown } }
export type NestHttpException = new (body: string | Record<string, unknown>, status: number) => Error

/** The type of a guarded request: `@Req() request: Guarded<Request>`, with the `Request` of your adapter. */
export type Guarded<Request = IncomingMessage, Who = Auth> = Omit<Request, 'auth'> & { auth: Who }

/**
 * Returns the principal of a request, for a custom decorator: `const Caller = createParamDecorator(callerOf)`, then
 * `things(@Caller() caller: Auth)`. Throws if no guard admitted the request.
 */
export function callerOf(_: unknown, context: NestContext): Auth {
  const { auth } = context.switchToHttp().getRequest() as NestRequest
  if (!auth) throw new Error('no credential was checked for this request; is the route guarded?')
  return auth
}

type NestRequest = Partial<IncomingMessage> & { raw?: IncomingMessage; body?: unknown; ip?: string; auth?: Auth }
type NestResponse = { header(name: string, value: string): unknown }

/**
 * `@UseGuards(authGuard(HttpException, { scopes: 'read' }))` sets `request.auth`. The caller passes Nest's
 * `HttpException`, so this file does not import Nest and Nest's exception filters recognise the error.
 */
export function authGuard(HttpException: NestHttpException, options: GuardOptions = {}) {
  const core = openGuard(options)
  return class AuthGuard {
    async canActivate(context: NestContext): Promise<boolean> {
      const http = context.switchToHttp()
      const request = http.getRequest() as NestRequest
      const response = http.getResponse() as NestResponse
      // Nest parses the body before its guards run.
      const raw = request.raw ?? (request as IncomingMessage)
      const form = core.readsForm && isForm(raw.headers['content-type']) ? (request.body as FormFields) : undefined
      try {
        const { auth, headers } = await core.admit(nodeCarrier(raw, form), { ip: request.ip })
        if (auth) request.auth = auth
        for (const [name, value] of Object.entries(headers)) response.header(name, value)
        return true
      } catch (error) {
        if (!(error instanceof AuthError)) throw error
        for (const [name, value] of Object.entries(error.headers)) response.header(name, value)
        throw new HttpException(error.body as Record<string, unknown>, error.status)
      }
    }

    /** Nest calls this when the application closes. */
    async onApplicationShutdown(): Promise<void> {
      await core.close()
    }
  }
}
