import type { HttpAnswer } from './answer.ts'

/**
 * The path of a server that shares its host. The tables do not contain this path: `inside` removes it from each request,
 * and `outward` adds it to the addresses in each answer, so no row and no page can forget it.
 */
export type BasePath = {
  path: string
  /** Returns path and query without the base path, or undefined if the request is for another part of the host. */
  inside(url: string): string | undefined
  outward(answer: HttpAnswer): HttpAnswer
}

/** `atHost` lists the paths that also answer at the host, followed by the base path (RFC 8414 section 3.1). */
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

/** Returns the path of an address, which must not end with a slash; empty if the address has no path. */
export function pathOf(address: string): string {
  const slash = address.indexOf('/', address.indexOf('://') + 3)
  return slash < 0 ? '' : address.slice(slash)
}

/** An absolute path. Two slashes would begin a host name (RFC 3986 section 4.2). */
const OWN = /^\/(?!\/)/
const COOKIE_PATH = /; Path=\/(?=;|$)/
/** Texts in pages are escaped, so a quotation mark always belongs to an attribute. */
const LINKS = / (?:href|src|action|formaction)="(?=\/(?!\/))/g

const isPage = (headers: HttpAnswer['headers']): boolean => String(headers['content-type']).startsWith('text/html')

const pageBelow = (path: string, body: HttpAnswer['body']): HttpAnswer['body'] =>
  typeof body === 'string' ? body.replaceAll(LINKS, `$&${path}`) : body
