import { AuthError } from './answer/auth-error.ts'
import type { Auth } from './decide/auth.ts'
import { type Guard, openGuard } from './decide/guard.ts'
import type { FetchOptions, GuardOptions } from './decide/options.ts'
import type { NoOptions, WhoFor } from './decide/who.ts'
import { guard } from './fetch.ts'
import { webCarrier } from './request/carriers.ts'

export { AuthError } from './answer/auth-error.ts'
export type { Auth } from './decide/auth.ts'
export { onEnded, requireKind, requireScopes } from './decide/guard.ts'
export type { GuardOptions } from './decide/options.ts'

/** A route handler of the App Router. The second argument that Next passes becomes the third. */
export type NextHandler<Rest extends unknown[], Who = Auth> = (
  request: Request,
  auth: Who,
  ...rest: Rest
) => Response | Promise<Response>

/** `export const GET = withAuth((request, auth) => Response.json(auth.subject), { scopes: 'read' })`. */
export function withAuth<Rest extends unknown[], const Options extends FetchOptions = NoOptions>(
  handler: NextHandler<Rest, WhoFor<Options>>,
  options?: Options,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return guard<Options>(options)(handler)
}

const OPENED = new WeakMap<GuardOptions, Guard>()

/**
 * For server components and actions: `await getAuth(await headers(), OPTIONS)`. Returns `undefined` if the request has
 * no good credential. Use one constant for the options, because each options object opens its own connection.
 */
export async function getAuth(headers: Headers, options: GuardOptions): Promise<Auth | undefined> {
  const core = OPENED.get(options) ?? openGuard(options)
  OPENED.set(options, core)
  try {
    return (await core.check(webCarrier({ headers, url: '/' }))).auth
  } catch (error) {
    if (error instanceof AuthError && error.code !== 'unavailable') return undefined
    throw error
  }
}
