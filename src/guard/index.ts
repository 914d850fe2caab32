/*
 * The guard for handlers of the web platform, and the common parts of all shells. The shells: @claviger/guard/express,
 * /fastify, /hono, /koa, /next, /nest, /node; for tests: @claviger/guard/testing. The package of the server contains
 * the same modules as claviger/guard.
 */

export { AuthError, Unavailable } from './answer/auth-error.ts'
export type { ProfileName } from './answer/profiles.ts'
export {
  describeResource,
  type OpenAnswer,
  type ProtectedResource,
  type ProtectedResourceOptions,
  type ResourceDetails,
} from './answer/protected-resource.ts'
export type { Sunset } from './answer/sunset.ts'
export { type Application, type Auth, type AuthKind, Scopes, type Subject } from './decide/auth.ts'
export { type Allowed, type Guard, onEnded, openGuard, requireKind, requireScopes } from './decide/guard.ts'
export type { FetchOptions, GuardOptions, RemoteOptions } from './decide/options.ts'
export { type FetchGuard, type GuardedHandler, guard } from './fetch.ts'
export type { Checker, GuardAsk } from './remote/checker.ts'
export { connect } from './remote/remote.ts'
export { nodeCarrier, webCarrier } from './request/carriers.ts'
export type { Carrier } from './request/presented.ts'
export { scopesOfCall, type ToolScopes } from './request/tool-call.ts'
