import type { FastifyReply, FastifyRequest } from 'fastify'
import { JsonAnswer } from './answer/json-answers.ts'
import { runView, type View } from './answer/views.ts'
import { type FastifyOptions, guard } from './fastify.ts'
import type { TokenPairAuth } from './tokenapi.ts'

export * from './answer/json-answers.ts'
export type { View } from './answer/views.ts'
export { readForms } from './fastify.ts'

export type FastifyView = View<[FastifyRequest, TokenPairAuth, FastifyReply]>

/**
 * `app.all('/index.json', tokenRequired((request, auth) => JsonResponse({ ... })))`. The options name the server.
 * Pairs in a form body need a form parser: `readForms(app)`, or `@fastify/formbody`.
 */
export function requireToken(options: Omit<FastifyOptions, 'profile' | 'credential'> = {}) {
  const protect = guard({ ...options, profile: 'tokenapi' })
  const tokenRequired = (view: FastifyView) => async (request: FastifyRequest, reply: FastifyReply) => {
    await protect(request, reply)
    if (reply.sent) return reply
    const answer = await runView(view, request.method, [request, request.auth as TokenPairAuth, reply])
    return answer instanceof JsonAnswer
      ? reply.code(answer.status).headers(answer.headers).send(Buffer.from(answer.text))
      : answer
  }
  return Object.assign(tokenRequired, { close: protect.close })
}

/** The decorator under its django-tokenapi name. Environment variables name the server. */
export const tokenRequired = (view: FastifyView) => requireToken()(view)
