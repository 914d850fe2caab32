import { anyone } from '../../callers/anyone.ts'
import { type Dialect, route, type WireAnswer } from '../../dialect.ts'
import { refuseWithPage } from '../../ui/error-page.ts'
import { showAsset } from '../../ui/files/asset.ts'
import { describeApi } from '../openapi/document.ts'
import { showApi } from './api-page.ts'
import { showErrors } from './errors-page.ts'
import { reader } from './reader.ts'
import { findFile, readFileName, readReference } from './reference-files.ts'
import { showReference } from './reference-pages.ts'

const nothing = () => undefined

/** The API as an OpenAPI document and as pages, and the refusals of all dialects. The pages load nothing from other servers. */
export const reference = (dialects: readonly Dialect[]): Dialect => ({
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
      decide: ({ rules }) => ({ files: readReference(), rules }),
      encode: ({ files, rules }, _request, who) =>
        files ? showApi(files, who) : showReference(describeApi(rules), who),
      metadata: { address: 'service_documentation' },
    }),
    route({
      on: ['GET', '/docs/plain'],
      caller: reader,
      decode: nothing,
      decide: ({ rules }) => describeApi(rules),
      encode: (document, _request, who) => showReference(document, who),
    }),
    route({
      on: ['GET', '/docs/assets/:file'],
      caller: anyone,
      decode: readFileName,
      decide: findFile,
      encode: showAsset,
    }),
    route({
      on: ['GET', '/docs/errors'],
      caller: reader,
      decode: nothing,
      decide: () => dialects.flatMap(({ answers = [] }) => answers),
      encode: (answers, _request, who) => showErrors(answers, who),
    }),
  ],
})
