import type { Auth, AuthKind, Subject } from './auth.ts'

/* Types that tell a handler which `Auth` the guard of its route provides. */

/** `Auth`, narrowed by the options: fewer kinds, always with a user, or possibly `undefined`. */
export type WhoFor<Options> = 'credential' extends keyof Options
  ? Options['credential'] extends 'required' | undefined
    ? Narrowed<Options>
    : Narrowed<Options> | undefined
  : Narrowed<Options>

type Narrowed<Options> = Options extends { user: 'required' }
  ? OfKind<Options> & { readonly subject: Subject }
  : OfKind<Options>
type OfKind<Options> = Options extends { kinds: readonly (infer Kind extends AuthKind)[] }
  ? Extract<Auth, { kind: Kind }>
  : Auth

/** The options type of a guard that is created without options. */
export type NoOptions = Record<never, never>

declare const GUARDED: unique symbol

/**
 * A mark in the type of a guarded route. Frameworks infer the request type of a handler from the handlers and hooks
 * before it, so the mark applies only to this route.
 */
export type Guarded<Who> = {
  readonly [GUARDED]?: { who: Who }
  // biome-ignore lint/suspicious/noExplicitAny: what Express and Fastify have there otherwise
  [name: string]: any
}

/** `Who` if the route is marked as guarded, otherwise `Otherwise`. */
export type WhoIn<Place, Otherwise> = Place extends { readonly [GUARDED]?: infer Mark }
  ? [unknown] extends [Mark]
    ? Otherwise
    : NonNullable<Mark> extends { who: infer Who }
      ? Who
      : Otherwise
  : Otherwise
