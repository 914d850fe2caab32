import type { Auth, AuthKind, Subject } from './auth.ts'

/* Types alone: what a guard with these options lets through, and how a route knows that there is one in front of it. */

/** `Auth`, as far as the options narrow it: fewer kinds, always a person, or perhaps none at all. */
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

/** Options that say nothing, for guards that are made without any. */
export type NoOptions = Record<never, never>

declare const GUARDED: unique symbol

/**
 * What a guard adds to the type of a route, and to nothing else: frameworks infer the type of a handler's request from
 * the handlers and hooks that stand before it.
 */
export type Guarded<Who> = {
  readonly [GUARDED]?: { who: Who }
  // biome-ignore lint/suspicious/noExplicitAny: what Express and Fastify have there otherwise
  [name: string]: any
}

/** `Who` where a guard left its mark, `Otherwise` on every other route. */
export type WhoIn<Place, Otherwise> = Place extends { readonly [GUARDED]?: infer Mark }
  ? [unknown] extends [Mark]
    ? Otherwise
    : NonNullable<Mark> extends { who: infer Who }
      ? Who
      : Otherwise
  : Otherwise
