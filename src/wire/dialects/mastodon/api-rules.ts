import type { World } from '../../../core/world.ts'
import { showPath } from '../../../http/place.ts'
import { sourceOf, type WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Route } from '../../dialect.ts'
import { accepts } from '../../ui/accepts.ts'

/* Rules for many paths at once. */

/** Where browsers of other origins may call; never the pages of sign-in and consent. */
const OPEN = /^\/(?:api|nodeinfo|\.well-known|avatars|headers)\/|^\/oauth\/(?:token|revoke|userinfo)$/

/** What others serve below these paths and we do not: a browser may hear that, as it does from them. */
export const openToBrowsers = (path: string): boolean => OPEN.test(path)

const isBelowApi = (path: string): boolean => path.startsWith('/api/')

/** Open to browsers where they call; below `/api` JSON or nothing, and only so many requests of one network in five minutes: as GoToSocial has it. */
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

/** What is left of the limit, in the names of the original; nothing where limits are off. */
export function limitHeaders(world: Pick<World, 'throttle' | 'now'>, request: WireRequest): Record<string, string> {
  const standing = isBelowApi(request.path) ? world.throttle.standing('older-api', sourceOf(request)) : undefined
  if (!standing) return {}
  return {
    'x-ratelimit-limit': String(standing.limit),
    'x-ratelimit-remaining': String(standing.left),
    'x-ratelimit-reset': new Date(Math.ceil(world.now() + standing.wholeIn)).toISOString(),
  }
}
