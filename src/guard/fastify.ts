import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AuthError } from './answer/auth-error.ts'
import type { OpenAnswer } from './answer/protected-resource.ts'
import type { Auth, AuthKind } from './decide/auth.ts'
import { requireKind as kindRequired, openGuard, requireScopes as scopesRequired } from './decide/guard.ts'
import { type Needed, neededFor } from './decide/needed.ts'
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
    /** The principal of the request; `null` until the guard admits it. */
    auth: Who<this>
  }
}

type Who<Here> = Here extends { routeOptions: { config: infer Config } } ? WhoIn<Config, Maybe> : Maybe
type Maybe = Auth | null

export type FastifyOptions = GuardOptions & {
  /** `answer` (default): the guard sends the refusal; `throw`: your error handler receives an `AuthError`. */
  onRefusal?: 'answer' | 'throw'
}
/** A conditional type, so that TypeScript infers `Options` from the options and not from the route. */
type GuardFor<Options> = Options extends unknown ? FastifyGuard<OrNull<WhoFor<Options>>> : never
/** Fastify sets `null` on a request without a credential. */
type OrNull<Who> = Exclude<Who, undefined> | (undefined extends Who ? null : never)
type RegisterOptions = { prefix?: unknown; logLevel?: unknown; logSerializers?: unknown }
type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
/** A hook that does not change the types of later handlers. */
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
    const document = core.document(request.method, request.originalUrl)
    if (document) return send(await document, reply)
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
 * Guards every route of the scope in which it is registered: `app.register(guardPlugin, { scopes: 'read' })`. For
 * profiles that read forms, the plugin adds a form parser if there is no other, and runs after the body is read.
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
  // The same mark that fastify-plugin sets: the hook applies to the scope that registers this plugin.
  { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: 'claviger-guard' },
)

/** Adds a parser for each form type without a parser. The parser stores the form as plain fields in `request.body`. */
export function readForms(app: FastifyInstance): void {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data']) {
    if (app.hasContentTypeParser(type)) continue
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) =>
      parseForm([body], request.headers['content-type'] ?? type),
    )
  }
}

/** Requires more scopes, or those that a function reads from the request; such a hook is a `preHandler`, which runs after the body is parsed. */
export function requireScopes(...needed: Needed<FastifyRequest>): FastifyHook
export function requireScopes(...needed: Needed<FastifyRequest>): Hook {
  return check(async (auth, request) => scopesRequired(auth, ...(await neededFor(needed, request))))
}

export function requireKind(...kinds: readonly AuthKind[]): FastifyHook
export function requireKind(...kinds: readonly AuthKind[]): Hook {
  return check(async auth => kindRequired(auth, ...kinds))
}

/** Returns the principal of a request if the types do not show the guard (`guardPlugin`). Throws if no guard admitted the request. */
export function authOf(request: { auth: Auth | null }): Auth {
  if (!request.auth) throw new Error('no credential was checked for this request; is the route guarded?')
  return request.auth
}

const check =
  (requirement: (auth: Auth | undefined, request: FastifyRequest) => Promise<void>): Hook =>
  async (request, reply) => {
    try {
      await requirement(request.auth ?? undefined, request)
      return undefined
    } catch (error) {
      return refuse(error, {}, reply)
    }
  }

function refuse(error: unknown, { onRefusal }: FastifyOptions, reply: FastifyReply): FastifyReply {
  if (!(error instanceof AuthError) || onRefusal === 'throw') throw error
  return send({ ...error, text: JSON.stringify(error.body) }, reply)
}

/** The body is sent as bytes, because Fastify would add a charset to a text, which one of the profiles does not have. */
const send = ({ status, headers, text }: OpenAnswer, reply: FastifyReply): FastifyReply =>
  reply.code(status).headers(headers).send(Buffer.from(text))

const formOf = ({ body }: FastifyRequest): FormFields | undefined =>
  typeof body === 'object' && body !== null ? (body as FormFields) : undefined
