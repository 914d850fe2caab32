import type { World } from '../../../core/world.ts'
import { showPath } from '../../../http/place.ts'
import { sourceOf, type WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Route } from '../../dialect.ts'
import { accepts } from '../../ui/accepts.ts'

/* Rules for many paths at once. */

/** Paths that browsers may call from other origins; never the pages of sign-in and consent. */
const OPEN = /^\/(?:api|nodeinfo|\.well-known|avatars|headers)\/|^\/oauth\/(?:token|revoke|userinfo)$/

/**
 * True for paths that other servers of this family have. A browser of another origin may read that this server has none.
 */
export const openToBrowsers = (path: string): boolean => OPEN.test(path)

const isBelowApi = (path: string): boolean => path.startsWith('/api/')

/** Adds GoToSocial's rules to a route: CORS; below `/api`, JSON only and a limit of requests per network in five minutes. */
export function withManners(row: Route): Route {
  const path = showPath(row.at.path)
  const open = { ...row, cors: OPEN.test(path) }
  if (!isBelowApi(path)) return open
  return {
    ...open,
    async handle(world, request) {
      world.throttle.count('older-api', sourceOf(request))
      if (!accepts(request, 'application/json'))
        throw new Refusal('answer-unacceptable', `accepts ${request.headers['accept']}`, {
          sentence: 'Not Acceptable: this endpoint answers in application/json',
        })
      const answer = await row.handle(world, request)
      return { ...answer, headers: { ...answer.headers, ...limitHeaders(world, request) } }
    },
  }
}

/** The remaining requests, under the original's header names; empty if limits are off. */
export function limitHeaders(world: Pick<World, 'throttle' | 'now'>, request: WireRequest): Record<string, string> {
  const standing = isBelowApi(request.path) ? world.throttle.standing('older-api', sourceOf(request)) : undefined
  if (!standing) return {}
  return {
    'x-ratelimit-limit': String(standing.limit),
    'x-ratelimit-remaining': String(standing.left),
    'x-ratelimit-reset': new Date(Math.ceil(world.now() + standing.wholeIn)).toISOString(),
  }
}
