import type { World } from '../core/world.ts'
import type { WireAnswer } from '../http/answer.ts'
import { type On, type Place, readOn } from '../http/place.ts'
import type { WireRequest } from '../http/request.ts'
import type { CredentialFamily } from '../model/credentials/verdict.ts'
import { Refusal, type RefusalCode } from '../model/refusals/refusal.ts'
import type { Scope } from '../model/scopes/scope.ts'

/*
 * The types of all interfaces; read this file first. An interface is a table of routes, each `caller -> decode -> decide
 * -> encode`, and one function for refusals. Routes are data; the server mounts them in one loop.
 */

export type { WireAnswer }

/** Authenticates requests of a route; `prove` throws a refusal if it fails. `name` is for lists made of the tables. */
export type Caller<Who> = {
  name: string
  prove: Prove<Who>
}
export type Prove<Who> = (world: World, request: WireRequest) => Proven<Who> | Promise<Proven<Who>>

/** The authenticated caller, and the ids that the journal stores with a later refusal. */
export type Proven<Who> = { who: Who; concerns: Refusal['concerns'] }

export type Route = {
  at: Place
  /** The caller's name, for lists made of the tables. */
  caller: string
  /** True if GET changes something, so HEAD is refused (RFC 9110 section 9.2.1). */
  headRefused: boolean
  /** True if browsers may call from other origins. */
  cors: boolean
  /** Accepts multipart/form-data, which is parsed for no other route. */
  multipart?: true
  /** True if the row also answers between the host and the path of an issuer: `/.well-known/NAME/PATH` (RFC 8414 section 3.1). */
  alsoAtHost?: true
  /** Answers only requests for which this is true; others go to the next row with this path. */
  when?(request: WireRequest): boolean | Promise<boolean>
  /** True if the row also answers at the path with a final slash, without a redirect. */
  handle(world: World, request: WireRequest): Promise<WireAnswer>
  /** Replaces the dialect's function for refusals, for a page among endpoints. */
  refuse?: Refuse
  metadata?: Metadata
}

/** Members that a row adds to the server's metadata document (RFC 8414 section 2). */
export type Metadata = {
  /** The member whose value is the address of this row. If several rows have the same member, the first row counts. */
  address?: `${string}_endpoint` | `${string}_uri` | 'service_documentation'
  /** The member is in no registry, so only the document of RFC 8414 contains it. */
  unregistered?: true
  /** Returns further members, which describe the features of this row. */
  supports?: Readonly<Record<string, readonly string[] | boolean>>
  /** False if the settings of this server switch the row off. */
  onlyIf?(rules: World['rules']): boolean
}

/** Converts a refusal to an answer. */
export type Refuse = (refusal: Refusal, request: WireRequest, world: World) => WireAnswer

/** Makes one row of a dialect's table, with types from the caller to the answer. */
export function route<Who, Ask, Fact>(row: {
  on: On
  caller: Caller<Who>
  decode: (request: WireRequest, who: Who) => Ask
  decide: (world: World, who: Who, ask: Ask) => Fact | Promise<Fact>
  encode: (fact: Fact, request: WireRequest, who: Who) => WireAnswer
  cors?: 'any-origin'
  /** Loads the body after the caller is authenticated. Callers that authenticate by the body load it themselves. */
  body?: 'read'
  multipart?: 'read'
  alsoAtHost?: true
  head?: 'refused'
  refuse?: Refuse
  when?: Route['when']
  metadata?: Metadata
}): Route {
  return {
    at: readOn(row.on),
    caller: row.caller.name,
    headRefused: row.head === 'refused',
    cors: row.cors === 'any-origin',
    ...(row.multipart && { multipart: true as const }),
    ...(row.alsoAtHost && { alsoAtHost: true as const }),
    ...(row.when && { when: row.when }),
    async handle(world, request) {
      const { who, concerns } = await row.caller.prove(world, request)
      try {
        if (row.body) await request.load()
        const ask = row.decode(request, who)
        return row.encode(await row.decide(world, who, ask), request, who)
      } catch (error) {
        throw error instanceof Refusal ? error.concerning(concerns) : error
      }
    },
    ...(row.refuse && { refuse: row.refuse }),
    ...(row.metadata && { metadata: row.metadata }),
  }
}

export type Switch = CredentialFamily | 'openid'

export type Dialect = {
  name: string
  /** The switch in CLAVIGER_DIALECTS, or `openid` for CLAVIGER_OPENID; absent if the dialect is always on. */
  switchedBy?: Switch
  routes: readonly Route[]
  /** Scopes that its clients request although this installation does not describe them. */
  scopes?: readonly Scope[]
  /** Paths with these prefixes belong to this dialect, also if no row answers (404, 405, 413, 500). */
  prefixes: readonly string[]
  /** True if browsers of other origins may read the refusal for a path without a row. */
  openToBrowsers?(path: string): boolean
  refuse: Refuse
  /**
   * The name of the interface and its status for each refusal, for the page about errors; absent if the dialect uses
   * those of another one.
   */
  answers?: { by: string; of(code: RefusalCode): { status: number; error?: string } }
}
