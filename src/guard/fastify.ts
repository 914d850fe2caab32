import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AuthError } from './answer/auth-error.ts'
import type { Auth, AuthKind } from './decide/auth.ts'
import { requireKind as kindRequired, openGuard, requireScopes as scopesRequired } from './decide/guard.ts'
import type { GuardOptions } from './decide/options.ts'
import type { Guarded, NoOptions, WhoFor, WhoIn } from './decide/who.ts'
import { type FormFields, isForm, nodeCarrier } from './request/carriers.ts'
import { parseForm } from './request/read-form.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who stands behind the request; `null` until the guard let it in. */
    auth: Who<this>
  }
}

type Who<Here> = Here extends { routeOptions: { config: infer Config } } ? WhoIn<Config, Maybe> : Maybe
type Maybe = Auth | null

export type FastifyOptions = GuardOptions & {
  /** `answer` (standard): the guard answers itself; `throw`: an `AuthError` goes to your error handler. */
  onRefusal?: 'answer' | 'throw'
}
/** As a condition, so that TypeScript reads it from the options, and never from the route around it. */
type GuardFor<Options> = Options extends unknown ? FastifyGuard<OrNull<WhoFor<Options>>> : never
/** Fastify decorates a request with `null` where no credential was sent. */
type OrNull<Who> = Exclude<Who, undefined> | (undefined extends Who ? null : never)
type RegisterOptions = { prefix?: unknown; logLevel?: unknown; logSerializers?: unknown }
type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
/** A hook that says nothing of what the handler after it sees. */
export type FastifyHook = (request: { raw: IncomingMessage }, reply: { raw: ServerResponse }) => Promise<unknown>
export type FastifyGuard<Who = Auth> = {
  (request: { routeOptions: { config: Guarded<Who> } }, reply: { raw: ServerResponse }): Promise<unknown>
  close(): Promise<void>
}

/** A hook for one route (`{ onRequest: guard({ scopes: 'read' }) }`) or many (`app.addHook('onRequest', guard())`). */
export function guard<const Options extends FastifyOptions = NoOptions>(options?: Options): GuardFor<Options>
export function guard(options: FastifyOptions = {}): Hook & { close(): Promise<void> } {
  const core = openGuard(options)
  const hook: Hook = async (request, reply) => {
    try {
      const form = core.readsForm && isForm(request.headers['content-type']) ? formOf(request) : undefined
      const { auth, headers } = await core.admit(nodeCarrier(request.raw, form), { ip: request.ip })
      request.auth = auth ?? null
      reply.headers(headers)
      return undefined
    } catch (error) {
      return refuse(error, options, reply)
    }
  }
  return Object.assign(hook, { close: core.close })
}

/**
 * Guards every route of the scope it is registered in: `app.register(guardPlugin, { scopes: 'read' })`. Profiles that
 * read forms get a form parser where there is none, and run once the body is there.
 */
export const guardPlugin = Object.assign(
  async (app: FastifyInstance, options: FastifyOptions = {}): Promise<void> => {
    const { prefix: _, logLevel: __, logSerializers: ___, ...own } = options as FastifyOptions & RegisterOptions
    const hook = guard(own)
    if (!app.hasRequestDecorator('auth')) app.decorateRequest('auth', null)
    app.addHook('onClose', hook.close)
    if (options.profile !== 'tokenapi' && options.profile !== 'mastodon') {
      app.addHook('onRequest', hook)
      return
    }
    readForms(app)
    app.addHook('preHandler', hook)
  },
  // What fastify-plugin does: the hook belongs to the scope that registers this.
  { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: 'claviger-guard' },
)

/** Forms as plain fields in `request.body`, for every type no parser was registered for. */
export function readForms(app: FastifyInstance): void {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data']) {
    if (app.hasContentTypeParser(type)) continue
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) =>
      parseForm([body], request.headers['content-type'] ?? type),
    )
  }
}

export function requireScopes(...scopes: readonly string[]): FastifyHook
export function requireScopes(...scopes: readonly string[]): Hook {
  return check(auth => scopesRequired(auth, ...scopes))
}

export function requireKind(...kinds: readonly AuthKind[]): FastifyHook
export function requireKind(...kinds: readonly AuthKind[]): Hook {
  return check(auth => kindRequired(auth, ...kinds))
}

/** Who stands behind a request, where the types do not know of the guard (`guardPlugin`); throws where no guard let it in. */
export function authOf(request: { auth: Auth | null }): Auth {
  if (!request.auth) throw new Error('no credential was checked for this request; is the route guarded?')
  return request.auth
}

const check =
  (requirement: (auth: Auth | undefined) => void): Hook =>
  async (request, reply) => {
    try {
      requirement(request.auth ?? undefined)
      return undefined
    } catch (error) {
      return refuse(error, {}, reply)
    }
  }

function refuse(error: unknown, { onRefusal }: FastifyOptions, reply: FastifyReply): FastifyReply {
  if (!(error instanceof AuthError) || onRefusal === 'throw') throw error
  // As bytes: Fastify would add a charset to a text, and one of the profiles has none.
  return reply
    .code(error.status)
    .headers(error.headers)
    .send(Buffer.from(JSON.stringify(error.body)))
}

const formOf = ({ body }: FastifyRequest): FormFields | undefined =>
  typeof body === 'object' && body !== null ? (body as FormFields) : undefined
