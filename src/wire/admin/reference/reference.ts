import { REFUSALS, type RefusalCode } from '../../../model/refusal.ts'
import { anyone } from '../../callers/anyone.ts'
import { type Caller, type Dialect, route, type WireAnswer } from '../../dialect.ts'
import { frameOf } from '../../ui/browser.ts'
import { refuseWithPage } from '../../ui/error-page.ts'
import type { Frame } from '../../ui/page-request.ts'
import { describeApi } from '../openapi/document.ts'
import { showErrors, showReference } from './reference-pages.ts'

const nothing = () => undefined

/** No authentication; finds the reader's language. */
const reader: Caller<Frame> = {
  name: 'anyone',
  prove: (world, request) => ({ who: frameOf(world, request), concerns: {} }),
}

/** The API as an OpenAPI document and as pages. The pages load nothing from other servers. */
export const reference: Dialect = {
  name: 'reference',
  prefixes: ['/docs', '/openapi.json'],
  refuse: refuseWithPage,
  routes: [
    route({
      on: ['GET', '/openapi.json'],
      caller: anyone,
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
      metadata: { address: 'service_documentation' },
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
