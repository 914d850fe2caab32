import { anyone } from '../callers/anyone.ts'
import { type Dialect, route } from '../dialect.ts'
import { showAsset } from '../ui/files/asset.ts'
import { showPage } from './answers.ts'
import { findAsset, readAsset } from './assets.ts'
import { staff } from './callers.ts'
import { refuseConsole } from './refusals.ts'

/**
 * Serves the console, one page with its files. It gets all data from the management API with the visitor's session, so
 * the files contain nothing confidential.
 */
export const operatorConsole: Dialect = {
  name: 'console',
  prefixes: ['/console'],
  refuse: refuseConsole,
  routes: [
    route({
      on: ['GET', '/console'],
      caller: staff,
      decode: () => undefined,
      decide: () => undefined,
      encode: showPage,
    }),
    route({
      on: ['GET', '/console/*'],
      caller: staff,
      decode: () => undefined,
      decide: () => undefined,
      encode: showPage,
    }),
    route({
      on: ['GET', '/console/assets/:file'],
      caller: anyone,
      decode: readAsset,
      decide: findAsset,
      encode: showAsset,
    }),
  ],
}
