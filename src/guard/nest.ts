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

/** As much of Nest as a guard touches; requests of its Express and of its Fastify adapter. */
export type NestContext = { switchToHttp(): { getRequest(): unknown; getResponse(): unknown } }
export type NestHttpException = new (body: string | Record<string, unknown>, status: number) => Error

/** `@Req() request: Guarded<Request>`, with the `Request` of your adapter: a request that a guard let through. */
export type Guarded<Request = IncomingMessage, Who = Auth> = Omit<Request, 'auth'> & { auth: Who }

/**
 * Who stands behind a request, for a decorator of your own: `const Caller = createParamDecorator(callerOf)`, then
 * `things(@Caller() caller: Auth)`. Throws where no guard let the request in.
 */
export function callerOf(_: unknown, context: NestContext): Auth {
  const { auth } = context.switchToHttp().getRequest() as NestRequest
  if (!auth) throw new Error('no credential was checked for this request; is the route guarded?')
  return auth
}

type NestRequest = Partial<IncomingMessage> & { raw?: IncomingMessage; body?: unknown; ip?: string; auth?: Auth }
type NestResponse = { header(name: string, value: string): unknown }

/**
 * `@UseGuards(authGuard(HttpException, { scopes: 'read' }))`; who asked is `request.auth`. Nest's own `HttpException` is
 * handed in, so that this file needs nothing of Nest and its filters see what they expect.
 */
export function authGuard(HttpException: NestHttpException, options: GuardOptions = {}) {
  const core = openGuard(options)
  return class AuthGuard {
    async canActivate(context: NestContext): Promise<boolean> {
      const http = context.switchToHttp()
      const request = http.getRequest() as NestRequest
      const response = http.getResponse() as NestResponse
      // Nest has parsed the body before its guards run.
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
