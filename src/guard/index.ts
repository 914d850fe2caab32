/*
 * The guard for handlers of the web platform, and the parts that shells are made of. One shell for each framework:
 * claviger/guard/express, /fastify, /hono, /koa, /next, /nest, /node; for tests: claviger/guard/testing.
 */

export { type Application, type Auth, type AuthKind, Scopes, type Subject } from './auth.ts'
export { AuthError, Unavailable } from './auth-error.ts'
export { nodeCarrier, webCarrier } from './carriers.ts'
export type { Checker, GuardAsk } from './checker.ts'
export { type FetchGuard, type GuardedHandler, guard } from './fetch.ts'
export { type Allowed, type Guard, onEnded, openGuard, requireKind, requireScopes } from './guard.ts'
export type { FetchOptions, GuardOptions, RemoteOptions } from './options.ts'
export type { Carrier } from './presented.ts'
export type { ProfileName } from './profiles.ts'
export { describeResource, type ProtectedResource, type ProtectedResourceOptions } from './protected-resource.ts'
export { connect } from './remote.ts'
export type { Sunset } from './sunset.ts'
