import { METHODS } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { REST } from '../http/place.ts'
import type { Spot } from '../http/route-table.ts'
import { fastifyPath } from './fastify-path.ts'

/*
 * Rows for any method are about requests that belong to somebody else: every method there is, a rest of the path that is
 * never decoded, and a body that is never read.
 */

/** Every method that Node parses. HEAD comes with GET; CONNECT is no request that could be answered here. */
export const ANY_METHOD = METHODS.filter(method => method !== 'HEAD' && method !== 'CONNECT')

export function knowAllMethods(app: FastifyInstance): void {
  for (const method of ANY_METHOD) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method)
}

/** The address for the router, which would decode it: what follows the longest such path is one plain word there. */
export function routedAddress(spots: readonly Pick<Spot<unknown>, 'path' | 'any'>[]): (url: string) => string {
  const prefixes = spots
    .filter(({ path, any }) => any.length > 0 && path.at(-1) === REST)
    .map(({ path }) => fastifyPath([...path.slice(0, -1), '']))
    .sort((a, b) => b.length - a.length)
  return url => {
    const prefix = prefixes.find(one => url.startsWith(one))
    return prefix === undefined ? url : `${prefix}rest`
  }
}
