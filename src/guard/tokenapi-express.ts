import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { JsonAnswer } from './answer/json-answers.ts'
import { runView, type View } from './answer/views.ts'
import { answer, type ExpressOptions, guard } from './express.ts'
import type { TokenPairAuth } from './tokenapi.ts'

export * from './answer/json-answers.ts'
export type { View } from './answer/views.ts'

export type ExpressView = View<[Request, TokenPairAuth, Response]>

/** `app.all('/index.json', tokenRequired((request, auth) => JsonResponse({ ... })))`. The options name the server. */
export function requireToken(options: Omit<ExpressOptions, 'profile' | 'credential'> = {}) {
  const protect = guard({ ...options, profile: 'tokenapi' })
  const tokenRequired = (view: ExpressView): RequestHandler[] => [
    protect,
    (request: Request, response: Response, next: NextFunction) => {
      // Express 4 ignores promises, so errors are passed to `next` here.
      Promise.resolve()
        .then(() => runView(view, request.method, [request, request.auth as TokenPairAuth, response]))
        .then(said => {
          if (said instanceof JsonAnswer) answer(response, said.status, said.headers, said.text)
        })
        .catch(next)
    },
  ]
  return Object.assign(tokenRequired, { close: protect.close })
}

/** The decorator under its django-tokenapi name. Environment variables name the server. */
export const tokenRequired = (view: ExpressView): RequestHandler[] => requireToken()(view)
