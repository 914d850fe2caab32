import { Refusal } from '../model/refusals/refusal.ts'
import { repeatedMember } from '../model/repeated-member.ts'
import type { Source } from '../model/source.ts'
import type { CallerAddress } from './caller-address.ts'
import { Params, type RawParams } from './params.ts'

/** The body that a client sent, parsed once by the server; `decode` functions read it. */
export type Body =
  | { type: 'none' }
  /** The body, if any, is not loaded yet. */
  | { type: 'later' }
  | { type: 'form'; fields: RawParams }
  | { type: 'multipart'; fields: RawParams }
  | { type: 'json'; value: unknown; text: string }
  | { type: 'unread'; mediaType: string; text: string }
  /** The body cannot be parsed. The row that reads the body refuses the request in the format of its dialect. */
  | { type: 'broken'; refusal: Refusal }

export type WireRequest = {
  id: string
  method: string
  /** Path without the query. */
  path: string
  /** Path and query, as received. Never logged. */
  url: string
  params: Record<string, string>
  query: Params
  headers: Record<string, string | string[] | undefined>
  /** Counts the occurrences of a header; two Authorization headers are an attack. */
  countHeader(name: string): number
  cookies: Record<string, string | undefined>
  /** `later` until `load` is called. */
  body: Body
  /** Reads the body once. A row calls `load` only when it needs the body. Throws if the body cannot be parsed. */
  load(): Promise<Body>
  address: CallerAddress
  /** The same as `address.ip`. */
  ip: string
  /** Address of the peer of the connection, in the spelling of the operating system: the caller or the nearest proxy. */
  peer: string
}

export const header = (request: WireRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** The part of a User-Agent header that is stored; long enough to distinguish devices. */
const LONGEST_USER_AGENT = 200

/** The cookie is signed, so a cookie that another site sets under another name is rejected. */
const DEVICE_COOKIES = ['__Host-claviger-device', '__Secure-claviger-device', 'claviger-device']
const LONGEST_DEVICE = 400

export function sourceOf(request: WireRequest): Source {
  const { ip, ownMachine } = request.address
  const source: Source = { requestId: request.id, ip }
  const userAgent = header(request, 'user-agent')?.slice(0, LONGEST_USER_AGENT)
  if (userAgent !== undefined) source.userAgent = userAgent
  if (ownMachine) source.ownMachine = true
  const { cookies } = request
  const device = DEVICE_COOKIES.map(name => cookies[name]).find(value => value !== undefined)
  if (device !== undefined && device.length <= LONGEST_DEVICE) source.device = device
  return source
}

/** Returns a body of one of these types as parameters; an absent body has no parameters. */
export function readParams(request: WireRequest, ...types: ('form' | 'multipart' | 'json')[]): Params {
  const { body } = request
  if (body.type === 'none') return new Params({})
  if (body.type === 'later') throw NOT_LOADED()
  if (body.type === 'broken') throw body.refusal
  if (body.type === 'unread' || !types.includes(body.type)) throw unsupported(body, types)
  if (body.type === 'json') return Params.fromJson(body.value)
  return new Params(body.fields)
}

export const readForm = (request: WireRequest): Params => readParams(request, 'form')

/** Returns the JSON value, which a schema then checks. */
export function readJson(request: WireRequest): unknown {
  if (request.body.type === 'broken') throw request.body.refusal
  if (request.body.type === 'later') throw NOT_LOADED()
  if (request.body.type !== 'json') throw unsupported(request.body, ['json'])
  return request.body.value
}

/** Like `readJson`, but refuses a text in which an object has a name twice, because readers could take different values. */
export function readPlainJson(request: WireRequest): unknown {
  const value = readJson(request)
  const repeated = request.body.type === 'json' ? repeatedMember(request.body.text) : undefined
  if (repeated === undefined) return value
  throw new Refusal('request-malformed', `a member of the JSON body stands twice: ${repeated.slice(0, 100)}`, {
    sentence: 'An object in the JSON body has two members of the same name. Send each name once.',
  })
}

const NOT_LOADED = (): Error => new Error('this body was not loaded: its row or its caller must say that it reads one')

function unsupported(body: Body, types: readonly string[]): Refusal {
  const names = {
    form: 'application/x-www-form-urlencoded',
    multipart: 'multipart/form-data',
    json: 'application/json',
  } as const
  const wanted = types.map(type => names[type as keyof typeof names]).join(' or ')
  const got = body.type === 'unread' ? body.mediaType || 'no Content-Type' : body.type
  return new Refusal('media-type-unsupported', `${got} where ${wanted} is read`, {
    sentence: `Send the body as ${wanted}.`,
  })
}
