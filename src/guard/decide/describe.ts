import type { Scope } from '../../model/scopes/scope.ts'
import { Unavailable } from '../answer/auth-error.ts'
import { documentOf, notYet, type OpenAnswer, openAnswer, placesOf } from '../answer/protected-resource.ts'
import type { GuardOptions } from './options.ts'

/** The RFC 9728 document of a guard that has a `resource`. */
export type Described = {
  /** Address of the document, for challenges. */
  url: string
  /** The answer to a request for the document; `undefined` for other requests. */
  answer(method: string | undefined, url: string | undefined): Promise<OpenAnswer> | undefined
}

export function describe(
  options: GuardOptions,
  scopes: readonly Scope[],
  issuer: () => Promise<string>,
): Described | undefined {
  const { resource, resourceDetails = {} } = options
  if (resource === undefined) return undefined
  const { url, isAt } = placesOf(resource)

  const answer = async (method: string): Promise<OpenAnswer> => {
    try {
      const authorizationServers = resourceDetails.authorizationServers ?? [await issuer()]
      const known = { ...(scopes.length > 0 && { scopes }), ...resourceDetails }
      return openAnswer(method, documentOf({ ...known, resource, authorizationServers }))
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      options.onError?.(error)
      return notYet(error.retryAfterSeconds)
    }
  }
  return {
    url,
    answer: (method = 'GET', address = '/') => (isAt(pathOf(address)) ? answer(method) : undefined),
  }
}

/** The path of an absolute address, or of one without a host, as Node gives it. */
function pathOf(address: string): string {
  const start = address.startsWith('/') ? 0 : address.indexOf('/', address.indexOf('//') + 2)
  return start < 0 ? '/' : (address.slice(start).split(/[?#]/, 1)[0] as string)
}
