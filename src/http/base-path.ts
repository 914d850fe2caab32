import type { HttpAnswer } from './answer.ts'

/**
 * A server that has a path of its host for itself. Its tables know nothing of that: the path is taken off each request,
 * and put before the addresses of this server in each answer.
 */
export type BasePath = {
  path: string
  /** Path and query as the tables have them; `undefined`: the request is for another part of the host. */
  inside(url: string): string | undefined
  outward(answer: HttpAnswer): HttpAnswer
}

/** `atHost` are the places that answer directly below the host as well, with the path behind them (RFC 8414 section 3.1). */
export function openBasePath(path: string, atHost: readonly string[]): BasePath {
  const behind = new Map(
    atHost.flatMap(place => [place, `${place}/`].map(one => [place + path + one.slice(place.length), place])),
  )
  return {
    path,
    inside(url) {
      const question = url.indexOf('?')
      const [asked, query] = question < 0 ? [url, ''] : [url.slice(0, question), url.slice(question)]
      if (asked === path) return `/${query}`
      if (asked.startsWith(`${path}/`)) return url.slice(path.length)
      const place = behind.get(asked)
      return place === undefined ? undefined : place + query
    },
    outward(answer) {
      const headers = { ...answer.headers }
      const { location, 'set-cookie': cookies } = headers
      if (typeof location === 'string' && OWN.test(location)) headers['location'] = path + location
      if (cookies !== undefined)
        headers['set-cookie'] = [cookies].flat().map(one => one.replace(COOKIE_PATH, `$&${path.slice(1)}`))
      return { ...answer, headers, body: isPage(headers) ? pageBelow(path, answer.body) : answer.body }
    },
  }
}

/** The path of an address without a slash at its end; empty where it has none. */
export function pathOf(address: string): string {
  const slash = address.indexOf('/', address.indexOf('://') + 3)
  return slash < 0 ? '' : address.slice(slash)
}

/** An absolute path; two slashes would begin the name of a host (RFC 3986 section 4.2). */
const OWN = /^\/(?!\/)/
const COOKIE_PATH = /; Path=\/(?=;|$)/
/** Texts in pages are escaped, so a quotation mark belongs to an attribute. */
const LINKS = / (?:href|src|action|formaction)="(?=\/(?!\/))/g

const isPage = (headers: HttpAnswer['headers']): boolean => String(headers['content-type']).startsWith('text/html')

const pageBelow = (path: string, body: HttpAnswer['body']): HttpAnswer['body'] =>
  typeof body === 'string' ? body.replaceAll(LINKS, `$&${path}`) : body
