import type { WireAnswer } from '../dialect.ts'
import { readBundle } from './bundle.ts'
import { pageHeaders } from './headers.ts'
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
