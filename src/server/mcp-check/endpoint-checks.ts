import { type Check, fail, ok, warn } from './finding.ts'
import { isReply, type Reply } from './send.ts'

/*
 * The checks of the endpoints that need no person. For example, an endpoint must refuse an unknown client in the right
 * way.
 */

export const ENDPOINT_CHECKS = [
  {
    step: 'authorization endpoint',
    look: ({ authorize }) => {
      if (authorize === undefined) return undefined
      if (!isReply(authorize)) return fail(authorize.failed, 'Make the endpoint reachable for browsers.')
      const { status } = authorize
      if (sentTo(authorize)?.startsWith('http://127.0.0.1/'))
        return fail(
          'a redirect address of a client that nobody registered is followed',
          'Send nobody to an address that is not registered (RFC 6749 section 4.1.2.1).',
        )
      if (status >= 500 || status === 404 || status === 405)
        return fail(`answered ${status}`, 'Answer with a page that says what is wrong with the request.')
      return ok(status < 400 ? 'leads to a page' : 'a client that nobody registered gets a page, and no redirect')
    },
  },
  {
    step: 'token endpoint',
    look: ({ token }) => {
      if (token === undefined) return undefined
      if (!isReply(token)) return fail(token.failed, 'Make the endpoint reachable.')
      const { status, json, headers } = token
      const error = (json as { error?: unknown } | null | undefined)?.error
      if (status >= 500 || status === 404 || status < 400)
        return fail(
          `a code that nobody issued is answered ${status}`,
          'Answer 400 with an error (RFC 6749 section 5.2). Never answer invalid_client for a passing fault.',
        )
      if (typeof error !== 'string')
        return fail(`answered ${status} without an error as JSON`, 'Answer as RFC 6749 section 5.2 says.')
      if (!/no-store/i.test(headers.get('cache-control') ?? ''))
        return warn(`${error}, but without Cache-Control: no-store`, 'Send it with every answer of this endpoint.')
      return ok(`a code that nobody issued is answered ${status}, ${error}`)
    },
  },
  {
    step: 'programs in browsers',
    look: ({ fromBrowser }) => {
      if (fromBrowser.length === 0) return undefined
      const closed = fromBrowser.filter(({ allowed }) => !allowed).map(({ what }) => what)
      if (closed.length === 0) return ok('other web sites may ask everything that they need (CORS)')
      return warn(
        `other web sites may not ask ${closed.join(', ')}`,
        'Allow every origin there, with the headers authorization, content-type and mcp-protocol-version.',
      )
    },
  },
] as const satisfies Check[]

const sentTo = ({ status, headers }: Reply): string | undefined =>
  status >= 300 && status < 400 ? (headers.get('location') ?? undefined) : undefined
