import type { World } from '../core/world.ts'
import type { WireAnswer } from '../http/answer.ts'
import { type On, type Place, readOn } from '../http/place.ts'
import type { WireRequest } from '../http/request.ts'
import { Refusal } from '../model/refusal.ts'
import type { Scope } from '../model/scope.ts'
import type { CredentialFamily } from '../model/verdict.ts'

/*
 * The page to read first. An interface is a table of routes, each a straight line
 * `caller -> decode -> decide -> encode`, and one way to say no. Routes are data; the server mounts them in one loop.
 */

export type { WireAnswer }

/** Who must prove themselves: a name for the lists made of these tables, and the proof, which refuses whom it does not let pass. */
export type Caller<Who> = {
  name: string
  prove: Prove<Who>
}
export type Prove<Who> = (world: World, request: WireRequest) => Proven<Who> | Promise<Proven<Who>>

/** Who it is, and which ids a later refusal concerns: for the journal. */
export type Proven<Who> = { who: Who; concerns: Refusal['concerns'] }

export type Route = {
  at: Place
  /** Name of who must prove themselves, for the lists made of these tables. */
  caller: string
  /** GET here changes something, so that HEAD is not answered like it (RFC 9110 section 9.2.1). */
  headRefused: boolean
  /** Where browsers of other origins may call. */
  cors: boolean
  /** Reads multipart/form-data, which is parsed nowhere else. */
  multipart?: true
  /** Answers only requests that fit; others go to the next row with this path. */
  when?(request: WireRequest): boolean | Promise<boolean>
  /** Also answers with one slash more at the end, without a redirect. */
  handle(world: World, request: WireRequest): Promise<WireAnswer>
  /** Says no in another way than the rest of the dialect: for a page among endpoints. */
  refuse?: Refuse
  metadata?: Metadata
}

/** What a row adds to the metadata document of the server (RFC 8414 section 2). */
export type Metadata = {
  /** The member that holds the address of this row. */
  address: `${string}_endpoint` | `${string}_uri` | 'service_documentation'
  /** Members that say what it supports. */
  supports?: Readonly<Record<string, readonly string[] | boolean>>
}

/** How something says no. */
export type Refuse = (refusal: Refusal, request: WireRequest, world: World) => WireAnswer

/** One row of a dialect's table, typed from end to end. */
export function route<Who, Ask, Fact>(row: {
  on: On
  caller: Caller<Who>
  decode: (request: WireRequest, who: Who) => Ask
  decide: (world: World, who: Who, ask: Ask) => Fact | Promise<Fact>
  encode: (fact: Fact, request: WireRequest, who: Who) => WireAnswer
  cors?: 'any-origin'
  /** Its body is loaded after its caller proved who it is. Callers that find their proof in a body load it themselves. */
  body?: 'read'
  multipart?: 'read'
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

export type Dialect = {
  name: string
  /** The switch in CLAVIGER_DIALECTS; absent for what is always on. */
  switchedBy?: CredentialFamily
  routes: readonly Route[]
  /** Scopes that its clients ask for although they are not described here. */
  scopes?: readonly Scope[]
  /** Paths below these prefixes belong to this dialect, also when no row answers (404, 405, 413, 500). */
  prefixes: readonly string[]
  /** Of those without a row: where browsers of other origins may hear that there is nothing. */
  openToBrowsers?(path: string): boolean
  refuse: Refuse
}
