import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import { REFUSALS, type RefusalCode } from '../../model/refusal.ts'
import { type Dialect, route, type WireAnswer } from '../dialect.ts'
import { nobody } from '../oauth/callers.ts'
import { refuseWithPage } from '../ui/error-page.ts'
import type { Frame } from '../ui/page-request.ts'
import { frameOf } from '../ui/visitor.ts'
import { describeApi } from './openapi/document.ts'
import { showErrors, showReference } from './reference-pages.ts'

const nothing = () => undefined

/** Anybody; the page speaks their language and knows nothing else of them. */
const reader = (world: World, request: WireRequest): Frame => frameOf(world, request)

/** What there is to call: for programs as OpenAPI, for people as pages. Nothing is fetched from elsewhere. */
export const reference: Dialect = {
  name: 'reference',
  prefixes: ['/docs', '/openapi.json'],
  refuse: refuseWithPage,
  routes: [
    route({
      on: ['GET', '/openapi.json'],
      caller: nobody,
      decode: nothing,
      decide: ({ rules }) => describeApi(rules),
      encode: (document): WireAnswer => ({
        status: 200,
        headers: { 'cache-control': 'public, max-age=300' },
        body: document,
      }),
      cors: 'any-origin',
    }),
    route({
      on: ['GET', '/docs'],
      caller: reader,
      decode: nothing,
      decide: ({ rules }) => describeApi(rules),
      encode: (document, _request, frame) => showReference(document, frame),
    }),
    route({
      on: ['GET', '/docs/errors'],
      caller: reader,
      decode: nothing,
      decide: () => Object.keys(REFUSALS) as RefusalCode[],
      encode: (codes, _request, frame) => showErrors(codes, frame),
    }),
  ],
}
