import { findSession } from '../../core/sign-in/sessions/find-session.ts'
import type { World } from '../../core/world.ts'
import { sameText } from '../../crypto/vault.ts'
import { header, type WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Session } from '../../model/session.ts'

/* The cookie of a signed-in browser, and the proof that a request came from one of our own pages. */

type Cookie = 'session' | 'browser' | 'device'

/** `__Host-` binds a cookie to this very host, but browsers keep such cookies over https only. */
export const cookieName = (world: Pick<World, 'rules'>, name: Cookie | `browser-${string}`): string =>
  world.rules.issuer.startsWith('https:') ? `__Host-claviger-${name}` : `claviger-${name}`

/** Several cookies of one meaning have names of their own, told apart by what stands behind a hyphen. */
export function setCookie(
  world: Pick<World, 'rules'>,
  name: Cookie | `browser-${string}`,
  value: string,
  maxAgeSeconds: number,
): string {
  const secure = world.rules.issuer.startsWith('https:') ? '; Secure' : ''
  return `${cookieName(world, name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`
}

export const sessionOf = (world: World, request: WireRequest): Promise<Session | undefined> =>
  findSession(world, request.cookies[cookieName(world, 'session')])

/**
 * A browser says where a request comes from; another site's is turned away before anything is read. `Sec-Fetch-Site` is
 * the better witness: where a page sends no referrer, the Origin of its own forms is `null` (Fetch section 3.2).
 */
export function refuseForeignOrigin(world: Pick<World, 'rules'>, request: WireRequest): void {
  const site = header(request, 'sec-fetch-site')
  const origin = header(request, 'origin')
  const foreign =
    site === undefined
      ? origin !== undefined && origin !== 'null' && origin !== new URL(world.rules.issuer).origin
      : site !== 'same-origin' && site !== 'none'
  if (foreign) throw new Refusal('form-foreign', `origin ${origin ?? 'none'}, site ${site ?? 'none'}`)
}

/** `otherwise` says what is the matter with a page whose token is none of these. */
export function checkCsrf(
  expected: readonly string[],
  sent: string | undefined,
  otherwise: 'form-outdated' | 'cookie-missing' = 'form-outdated',
): void {
  if (sent === undefined || !expected.some(one => sameText(one, sent))) throw new Refusal(otherwise, 'wrong csrf token')
}
