import type { Context, Handler } from 'hono'
import { AuthError } from './answer/auth-error.ts'
import { JsonAnswer } from './answer/json-answers.ts'
import { runView, type View } from './answer/views.ts'
import { openGuard } from './decide/guard.ts'
import { checkWeb } from './fetch.ts'
import type { HonoOptions } from './hono.ts'
import type { TokenPairAuth } from './tokenapi.ts'

export * from './answer/json-answers.ts'
export type { View } from './answer/views.ts'

export type HonoView = View<[Context, TokenPairAuth]>

/** `app.all('/index.json', tokenRequired((c, auth) => JsonResponse({ ... })))`. The options name the server. */
export function requireToken(options: Omit<HonoOptions, 'profile' | 'credential'> = {}) {
  const core = openGuard({ ...options, profile: 'tokenapi' })
  const tokenRequired =
    (view: HonoView): Handler =>
    async c => {
      let auth: TokenPairAuth
      try {
        const allowed = await checkWeb(core, c.req.raw, options.clientAddress?.(c))
        auth = allowed.auth as TokenPairAuth
        for (const [name, value] of Object.entries(allowed.headers)) c.header(name, value)
      } catch (error) {
        if (error instanceof AuthError && options.onRefusal !== 'throw') return error.toResponse()
        throw error
      }
      const answer = await runView(view, c.req.method, [c, auth])
      return answer instanceof JsonAnswer ? answer.toResponse() : (answer as Response)
    }
  return Object.assign(tokenRequired, { close: core.close })
}

/** The decorator under its django-tokenapi name. Environment variables name the server. */
export const tokenRequired = (view: HonoView): Handler => requireToken()(view)
