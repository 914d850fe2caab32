import { Refusal } from '../model/refusals/refusal.ts'
import { finish, type HttpAnswer, type WireAnswer } from './answer.ts'
import type { BasePath } from './base-path.ts'
import { ANY_ORIGIN, preflight } from './cross-origin.ts'
import type { HttpRequest } from './http-request.ts'
import { Incoming } from './incoming.ts'
import { METHODS, type Method } from './place.ts'
import { NO_BODY } from './read-body.ts'
import type { WireRequest } from './request.ts'
import { type Placed, routeTable, type Spot } from './route-table.ts'
import { openRouter } from './router.ts'

/** HTTP as a function, without a socket. */
export type Application = {
  /** Resolves also for a request that fails; rejects only if making the refusal fails. */
  answer(request: HttpRequest): Promise<HttpAnswer>
  /** Makes the answer to bytes that a transport cannot parse; `request` contains the parts that were read. The connection closes afterwards. */
  refuse(refusal: Refusal, request: HttpRequest): HttpAnswer
}

/** A row together with the dependencies of its decision. */
export type AppRow = Placed & {
  owner: Owner
  when?: ((request: WireRequest) => boolean | Promise<boolean>) | undefined
  /** Refuses HEAD instead of answering it like GET. */
  headRefused: boolean
  /** Browsers may call this row from other origins. */
  cors: boolean
  /** `false`: the row does not read multipart/form-data. */
  multipart?: boolean
  handle(request: WireRequest): Promise<WireAnswer>
  refuse: Refuse
}
type Refuse = (refusal: Refusal, request: WireRequest) => WireAnswer

/** The interface to which a path belongs. It refuses requests that fit no row, and adds headers to all its answers. */
export type Owner = {
  name: string
  prefixes: readonly string[]
  refuse: Refuse
  /** Tells for a path without a row if browsers of other origins may read the refusal. */
  openToBrowsers?: ((path: string) => boolean) | undefined
  /** Headers of every answer. */
  headers?: Readonly<Record<string, string>> | undefined
}

export type Surroundings = {
  /** Networks of the proxies whose headers the server trusts. */
  proxies: readonly string[]
  /** The path of the server on its host; absent if the server has the whole host. */
  base?: BasePath | undefined
  newId(): string
  /** `error` is the thrown value. `template` is the path without the values that the client sent. */
  onRefusal(refusal: Refusal, request: WireRequest, seen: { template: string; error: unknown }): void
  onAnswer(request: WireRequest, seen: Seen): void
}
export type Seen = {
  status: number
  /** Name of the owner. */
  by: string
  template?: string | undefined
  milliseconds: number
  /** The refusal of a request that could not be parsed. */
  unread?: Refusal
}

/** The owner of the path and the function that makes its refusals. */
type Responder = { owner: Owner; refuse: Refuse; cors: boolean; template?: string }
type Served = Responder & { answer: WireAnswer }

/** The bodies of these methods have no meaning (RFC 9110 section 9.3). */
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'TRACE'])

export function openApplication(rows: readonly AppRow[], owners: readonly Owner[], around: Surroundings): Application {
  const find = openRouter(routeTable(rows))
  const ownerOf = nearestOwner(owners)

  const { base } = around
  const incoming = (received: HttpRequest): Incoming => new Incoming(received, around.newId(), around.proxies, base)
  const finishFor = (request: Incoming, responder: Responder, answer: WireAnswer): HttpAnswer => {
    const finished = finish(answer, headersOf(request, responder))
    return base ? base.outward(finished) : finished
  }
  const headersOf = ({ id }: Incoming, { owner, cors }: Responder): HttpAnswer['headers'] => ({
    'x-request-id': id,
    ...owner.headers,
    ...(cors && ANY_ORIGIN),
  })

  return {
    async answer(received) {
      const since = performance.now()
      const request = incoming(received)
      const served = await serve(request)
      const { answer, owner, template } = served
      const milliseconds = performance.now() - since
      around.onAnswer(request, { status: answer.status, by: owner.name, template, milliseconds })
      const finished = finishFor(request, served, answer)
      if (request.method === 'HEAD' && answer.stream) finished.body = await ended(answer.stream)
      return request.endsConnection ? { ...finished, last: true } : finished
    },
    refuse(refusal, received) {
      const request = incoming(received)
      const responder = nearest(request)
      const answer = responder.refuse(refusal, request)
      around.onAnswer(request, { status: answer.status, by: responder.owner.name, milliseconds: 0, unread: refusal })
      return { ...finishFor(request, responder, answer), last: true }
    },
  }

  function serve(request: Incoming): Served | Promise<Served> {
    const found = request.outside ? undefined : find(request.path)
    const spot = found?.spot
    const rows = (spot && rowsFor(spot, request.method)) ?? []
    // A row for any method answers questions of a proxy about requests to another server, so the body is not for this server and is not read.
    const foreign = rows.length === 0 && spot !== undefined && spot.any.length > 0
    if (foreign || BODILESS.has(request.method)) request.body = NO_BODY
    request.multipart = rows.some(row => row.multipart !== false)
    if (!found || !spot) return notFound(request)
    request.params = found.params
    if (foreign) return serveRow(spot.any, request, spot)
    return rows.length > 0 ? serveRow(rows, request, spot) : otherMethod(spot, request)
  }

  async function serveRow(rows: readonly AppRow[], request: Incoming, spot: Spot<AppRow>): Promise<Served> {
    let [row] = rows
    try {
      if (row?.when) row = await rowFor(rows, request)
      if (!row) return notFound(request, spot)
      return { ...responderOf(row, spot), answer: await row.handle(request) }
    } catch (error) {
      return refuse(error, request, row ? responderOf(row, spot) : nearest(request, spot))
    }
  }

  function refuse(error: unknown, request: Incoming, responder: Responder): Served {
    const refusal =
      error instanceof Refusal ? error : new Refusal('bug', error instanceof Error ? error.message : String(error))
    around.onRefusal(refusal, request, { template: responder.template ?? '', error })
    return { ...responder, answer: responder.refuse(refusal, request) }
  }

  function notFound(request: Incoming, spot?: Spot<AppRow>): Served {
    const responder = nearest(request, spot)
    if (responder.cors && request.method === 'OPTIONS') return { ...responder, answer: preflight(request, METHODS) }
    return refuse(base && request.outside ? elsewhere(base) : new Refusal('not-found'), request, responder)
  }

  /** Answers a method that has no row: lists the methods of the path, and answers preflights if browsers may call. */
  function otherMethod(spot: Spot<AppRow>, request: Incoming): Served {
    const { methods, rows, template } = spot
    const [{ owner, refuse: sayNo }] = rows as [AppRow]
    const cors = rows.some(row => row.cors)
    const responder = { owner, refuse: sayNo, cors, template }
    const allow: string[] = [...methods.keys(), ...(rowsFor(spot, 'HEAD') ? ['HEAD'] : [])]
    if (cors && request.method === 'OPTIONS') return { ...responder, answer: preflight(request, allow) }
    const found = `${request.method} where ${allow.join(', ')} is answered`
    return refuse(new Refusal('method-not-allowed', found, { allow }), request, responder)
  }

  /** The refusals 404, 413 and 415 have the format of the interface that owns the path. */
  function nearest({ path }: Incoming, spot?: Spot<AppRow>): Responder {
    const owner = ownerOf(path)
    const cors = owner.openToBrowsers?.(path) === true || spot?.rows.some(row => row.cors) === true
    const responder = { owner, refuse: owner.refuse, cors }
    return spot ? { ...responder, template: spot.template } : responder
  }
}

const responderOf = ({ owner, refuse, cors }: AppRow, { template }: Spot<AppRow>): Responder => ({
  owner,
  refuse,
  cors,
  template,
})

const elsewhere = ({ path }: BasePath): Refusal =>
  new Refusal('not-found', `outside of ${path}`, {
    sentence: `There is nothing here. The addresses of this server begin with ${path}/.`,
  })

/** Ends the stream of a GET, because the answer to HEAD has the same headers but no body. */
async function ended(stream: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  await stream.cancel()
  return new ReadableStream({ start: controller => controller.close() })
}

async function rowFor(rows: readonly AppRow[], request: WireRequest): Promise<AppRow | undefined> {
  for (const row of rows) if (row.when === undefined || (await row.when(request))) return row
  return undefined
}

/** The rows for GET also answer HEAD (RFC 9110 section 9.3.2). */
function rowsFor({ methods }: Spot<AppRow>, method: string): readonly AppRow[] | undefined {
  if (method !== 'HEAD') return methods.get(method as Method)
  const rows = methods.get('GET')
  return rows?.some(({ headRefused }) => headRefused) ? undefined : rows
}

/** The owner with the longest matching prefix owns a path. The first owner has all other paths. */
function nearestOwner(owners: readonly Owner[]): (path: string) => Owner {
  const byLength = owners
    .flatMap(owner =>
      owner.prefixes.map(prefix => ({ prefix, below: prefix.endsWith('/') ? prefix : `${prefix}/`, owner })),
    )
    .sort((a, b) => b.prefix.length - a.prefix.length)
  const [first] = owners as [Owner]
  return path => byLength.find(({ prefix, below }) => path === prefix || path.startsWith(below))?.owner ?? first
}
