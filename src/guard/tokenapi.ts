import { JsonAnswer, JsonResponse } from './answer/json-answers.ts'
import { runView, type View } from './answer/views.ts'
import type { Auth } from './decide/auth.ts'
import type { FetchOptions } from './decide/options.ts'
import { guard } from './fetch.ts'

export * from './answer/json-answers.ts'
export type { View } from './answer/views.ts'
export type { Auth } from './decide/auth.ts'

export type TokenOptions = Omit<FetchOptions, 'profile' | 'credential'>

/**
 * `const tokenRequired = requireToken({ url, clientId, clientSecret })`, then `tokenRequired((request, auth) =>
 * JsonResponse({ user: auth.subject.number }))`, for handlers of the web platform.
 */
export function requireToken(options: TokenOptions = {}) {
  const protect = guard({ ...options, profile: 'tokenapi' })
  const tokenRequired = <Rest extends unknown[]>(view: View<[Request, TokenPairAuth, ...Rest]>) =>
    protect(async (request, auth, ...rest: Rest) =>
      asResponse(await runView(view, request.method, [request, auth as TokenPairAuth, ...rest])),
    )
  return Object.assign(tokenRequired, { close: protect.close })
}

/** The decorator under its django-tokenapi name. Environment variables name the server. */
export const tokenRequired = <Rest extends unknown[]>(view: View<[Request, TokenPairAuth, ...Rest]>) =>
  requireToken()(view)

export type TokenPairAuth = Extract<Auth, { kind: 'token-pair' }>

function asResponse(answer: unknown): Response {
  if (answer instanceof Response) return answer
  return (answer instanceof JsonAnswer ? answer : JsonResponse(answer)).toResponse()
}
