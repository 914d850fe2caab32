import type { WireRequest } from '../../http/request.ts'
import type { WireAnswer } from '../dialect.ts'
import { takesGzip } from './assets.ts'
import { type BundleFile, readBundle } from './bundle.ts'
import { assetHeaders, pageHeaders } from './headers.ts'
import { showMessage } from './refusals.ts'

export function showPage(): WireAnswer {
  const bundle = readBundle()
  if (!bundle)
    return showMessage(
      503,
      'The console has not been built',
      'Run "npm run build:web" where Claviger is installed, then reload this page. The management API and the command line work without it.',
    )
  return { status: 200, headers: pageHeaders, body: bundle.page }
}

export function showAsset(file: BundleFile, request: WireRequest): WireAnswer {
  const headers = { ...assetHeaders, 'content-type': file.type }
  return takesGzip(request)
    ? { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: file.gzip }
    : { status: 200, headers, body: file.plain }
}
