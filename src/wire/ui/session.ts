import { findSession } from '../../core/sign-in/sessions/find-session.ts'
import type { World } from '../../core/world.ts'
import { sameText } from '../../crypto/vault.ts'
import { pathOf } from '../../http/base-path.ts'
import { header, type WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Session } from '../../model/users/session.ts'

/* Cookies of browsers and sessions, and CSRF protection. */

type Cookie = 'session' | 'browser' | 'device'

/** `__Host-` limits a cookie to this host. Browsers accept such cookies only over https and for the whole host, so a server with a path uses `__Secure-`. */
export function cookieName({ rules }: Pick<World, 'rules'>, name: Cookie | `browser-${string}`): string {
  if (!rules.issuer.startsWith('https:')) return `claviger-${name}`
  return `${pathOf(rules.issuer) === '' ? '__Host-' : '__Secure-'}claviger-${name}`
}

/** `browser-` and a random suffix allow several browser cookies at once. */
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
 * Refuses requests that the browser marks as coming from another site, before anything is read. Prefers
 * `Sec-Fetch-Site`, because the Origin of our own forms is `null` on pages without a referrer (Fetch section 3.2).
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

/** `otherwise` is the refusal for a token that matches none of the expected ones. */
export function checkCsrf(
  expected: readonly string[],
  sent: string | undefined,
  otherwise: 'form-outdated' | 'cookie-missing' = 'form-outdated',
): void {
  if (sent === undefined || !expected.some(one => sameText(one, sent))) throw new Refusal(otherwise, 'wrong csrf token')
}
