import type { Params } from '../../http/params.ts'
import { readForm, type WireRequest } from '../../http/request.ts'

/**
 * Handles a form that another site sends: returns the address of the same request as a GET. Browsers send no cookies
 * with such a form (SameSite=Lax), but they do with a GET. Returns `undefined` for every other request.
 */
export function crossSiteForm(request: WireRequest): { elsewhere: string } | undefined {
  const site = request.headers['sec-fetch-site']
  if (request.method !== 'POST' || (site !== 'cross-site' && site !== 'same-site')) return undefined
  return { elsewhere: `${request.path}?${asQuery(readForm(request))}` }
}

const asQuery = (params: Params): string =>
  params
    .names()
    .flatMap(name => params.all(name).map(value => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`))
    .join('&')
