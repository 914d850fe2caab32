import type { WireRequest } from '../../http/request.ts'
import { LONGEST_FIELD } from '../../model/field.ts'
import type { RefusalCode } from '../../model/refusals/refusal.ts'

/** Refusals after which the person can continue, because only a cookie, the sign-in or the page was wrong. */
const MENDABLE: readonly RefusalCode[] = ['form-foreign', 'form-outdated', 'cookie-missing', 'interaction-elsewhere']

/**
 * The address at which the person continues after such a refusal: the same sign-in in this browser, or the page of the
 * form.
 */
export function goOn(code: RefusalCode, request: WireRequest): string | undefined {
  if (!MENDABLE.includes(code)) return undefined
  const page = pageOf(request)
  // Ignores the fields of a form from another site, because the person did not choose them.
  if (code === 'form-foreign') return page
  const [interaction, next] = ['interaction', 'next'].map(name => fieldOf(request, name))
  if (interaction !== undefined) return `/login?interaction=${encodeURIComponent(interaction)}&here=yes`
  return next === undefined ? page : `/login?next=${encodeURIComponent(next)}`
}

/** The page that contains the form with this path. */
export const pageOf = ({ path, method }: Pick<WireRequest, 'path' | 'method'>): string =>
  method === 'GET' ? path : (PAGES[path] ?? path)

/** Forms with another path than their page. */
const PAGES: Partial<Record<string, string>> = {
  '/consent': '/account/applications',
  '/login/code': '/login',
  '/login/key': '/login',
  '/login/second-factor': '/login',
  '/account/tokens/replace': '/account/tokens',
  '/account/tokens/revoke': '/account/tokens',
  '/account/second-factor/begin': '/account/second-factor',
  '/account/second-factor/confirm': '/account/second-factor',
  '/account/second-factor/codes': '/account/second-factor',
}

function fieldOf({ body, query, method }: WireRequest, name: string): string | undefined {
  const value = method === 'GET' ? query.every(name)[0] : body.type === 'form' ? body.fields[name] : undefined
  return typeof value === 'string' && value.length <= LONGEST_FIELD ? value : undefined
}
