import type { IncomingMessage, ServerResponse } from 'node:http'
import { AuthError } from './answer/auth-error.ts'
import type { OpenAnswer } from './answer/protected-resource.ts'
import type { Auth } from './decide/auth.ts'
import { type Allowed, openGuard } from './decide/guard.ts'
import type { GuardOptions } from './decide/options.ts'
import type { NoOptions, WhoFor } from './decide/who.ts'
import { isForm, nodeCarrier } from './request/carriers.ts'
import { readNodeForm } from './request/read-form.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded, requireKind, requireScopes } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'

export type NodeHandler<Who = Auth> = (request: IncomingMessage, response: ServerResponse, auth: Who) => unknown
export type NodeGuard<Who> = {
  (handler: NodeHandler<Who>): (request: IncomingMessage, response: ServerResponse) => Promise<void>
  close(): Promise<void>
}

/** `createServer(guard({ scopes: 'read' })((request, response, auth) => response.end(auth.credentialId)))`. */
export function guard<const Options extends GuardOptions = NoOptions>(options?: Options): NodeGuard<WhoFor<Options>>
export function guard(options: GuardOptions = {}): NodeGuard<Auth> {
  const core = openGuard(options)
  const protect = (handler: NodeHandler) => async (request: IncomingMessage, response: ServerResponse) => {
    let allowed: Allowed
    try {
      const document = core.document(request.method, request.url)
      if (document) return send(await document, response)
      const form = core.readsForm && isForm(request.headers['content-type']) ? await readNodeForm(request) : undefined
      if (form) Object.assign(request, { body: form })
      const soon = core.admit(nodeCarrier(request, form), { ip: request.socket.remoteAddress })
      allowed = 'then' in soon ? await soon : soon
    } catch (error) {
      // An unexpected error must not leave the client waiting, and its text must not reach the client.
      if (!(error instanceof AuthError)) response.writeHead(500).end()
      else refuse(error, response)
      return
    }
    for (const name in allowed.headers) response.setHeader(name, allowed.headers[name] as string)
    try {
      await handler(request, response, allowed.auth as Auth)
    } catch (error) {
      if (!(error instanceof AuthError) || response.headersSent) throw error
      refuse(error, response)
    }
  }
  return Object.assign(protect, { close: core.close })
}

/**
 * A middleware that serves the RFC 9728 document and nothing else, for guards that see their own route alone (Nest, one route of
 * Express): `app.use(resourceMetadata({ resource: 'https://api.example.com/mcp', scopes: 'read' }))`.
 */
export function resourceMetadata(options: GuardOptions & { resource: string }): NodeMiddleware & Closable {
  const core = openGuard(options)
  const middleware: NodeMiddleware = (request, response, next) => {
    const document = core.document(request.method, request.originalUrl ?? request.url)
    if (document) document.then(answer => send(answer, response)).catch(next)
    else next()
  }
  return Object.assign(middleware, { close: core.close })
}

export type NodeMiddleware = (
  request: IncomingMessage & { originalUrl?: string },
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void
type Closable = { close(): Promise<void> }

const refuse = ({ status, headers, body }: AuthError, response: ServerResponse): void =>
  send({ status, headers, text: JSON.stringify(body) }, response)

function send({ status, headers, text }: OpenAnswer, response: ServerResponse): void {
  response.writeHead(status, headers).end(text)
}
