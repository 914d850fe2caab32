import { parse as parseQuery } from 'node:querystring'
import { parseCookie } from 'cookie'
import type { FastifyRequest } from 'fastify'
import { type CallerAddress, callerAddress } from '../http/caller-address.ts'
import type { RawParams } from '../http/params.ts'
import { Params } from '../http/params.ts'
import type { Body, WireRequest } from '../http/request.ts'
import { Refusal } from '../model/refusal.ts'

/** More parameters than any honest request has. */
const MOST_PARAMETERS = 1000

/** Fastify's request as the small typed value that routes read. */
export const readRequest = (request: FastifyRequest, trusted: readonly string[]): WireRequest =>
  new ReadRequest(request, trusted)

/** A class, because the parts that are read on demand would cost more as getters of a new object each time. */
class ReadRequest implements WireRequest {
  readonly #request: FastifyRequest
  readonly #trusted: readonly string[]
  readonly #question: number
  #address: CallerAddress | undefined
  #query: Params | undefined
  readonly id: string
  readonly method: string
  readonly url: string
  readonly headers: FastifyRequest['headers']
  readonly body: Body

  constructor(request: FastifyRequest, trusted: readonly string[]) {
    this.#request = request
    this.#trusted = trusted
    // Whoever asks as if of a proxy names a host as well (RFC 9112 section 3.2.2); it is nobody's word but theirs.
    const url = request.originalUrl
    this.url = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
    this.#question = this.url.indexOf('?')
    this.id = request.id
    this.method = request.method
    this.headers = request.headers
    this.body = (request.body as Body | undefined) ?? NO_BODY
    if (this.body.type !== 'none') this.body = plainly(this, this.body)
  }

  get path(): string {
    return this.#question < 0 ? this.url : this.url.slice(0, this.#question)
  }

  /** Read when first wanted: a broken query is refused by the row that reads it, in its own words. */
  get query(): Params {
    this.#query ??= new Params(this.#question < 0 ? {} : parseForm(this.url.slice(this.#question + 1)))
    return this.#query
  }

  get params(): Record<string, string> {
    return this.#request.params as Record<string, string>
  }

  get cookies(): WireRequest['cookies'] {
    return parseCookie(this.headers['cookie'] ?? '')
  }

  get address(): CallerAddress {
    this.#address ??= callerAddress(this.peer, this.headers, this.#trusted)
    return this.#address
  }

  get ip(): string {
    return this.address.ip
  }

  get peer(): string {
    return this.#request.socket.remoteAddress ?? ''
  }

  countHeader(name: string): number {
    return countHeader(this.#request.raw.rawHeaders, name)
  }
}

const NO_BODY: Body = { type: 'none' }

/** A body that might be read in two ways, by us and by whoever stands in front of us, is read in none. */
function plainly(request: Pick<WireRequest, 'headers' | 'countHeader'>, body: Body): Body {
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity')
    return {
      type: 'broken',
      refusal: new Refusal('media-type-unsupported', `Content-Encoding ${encoding}`, {
        sentence: 'Send the body without a Content-Encoding.',
      }),
    }
  if (request.countHeader('content-type') < 2) return body
  return {
    type: 'broken',
    refusal: new Refusal('request-malformed', 'Content-Type stands twice', {
      sentence: 'The header Content-Type was sent more than once.',
    }),
  }
}

export function countHeader(rawHeaders: readonly string[], name: string): number {
  let count = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const one = rawHeaders[i] ?? ''
    if (one.length === name.length && one.toLowerCase() === name) count++
  }
  return count
}

/** application/x-www-form-urlencoded (WHATWG URL section 5.1); broken percent-encoding or UTF-8 is refused, not guessed. */
export function parseForm(text: string): RawParams {
  // Without a percent sign nothing can be broken, and the careful decoder is not called for every name and value.
  if (!text.includes('%')) return parseQuery(text, '&', '=', PLAINLY) as RawParams
  // What a decoder throws is caught by the parser, which then guesses.
  let broken = false
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part)
    } catch {
      broken = true
      return part
    }
  }
  const fields = parseQuery(text, '&', '=', { ...PLAINLY, decodeURIComponent: decode }) as RawParams
  if (broken)
    throw new Refusal('request-malformed', 'broken percent-encoding', {
      sentence: 'The request has broken percent-encoding in it.',
    })
  return fields
}

const PLAINLY = { maxKeys: MOST_PARAMETERS }

/** multipart/form-data (RFC 7578), text fields only. */
export async function parseMultipart(bytes: Uint8Array, contentType: string): Promise<RawParams> {
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw new Refusal('request-malformed', 'broken multipart body', {
        sentence: 'The multipart body cannot be read.',
      })
    })
  const fields: RawParams = Object.create(null)
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).map(value => {
      if (typeof value !== 'string')
        throw new Refusal('parameter-invalid', `a file in ${name}`, {
          parameter: name,
          sentence: `The field ${name} takes a text, not a file.`,
        })
      return value
    })
    fields[name] = values.length === 1 ? (values[0] as string) : values
  }
  return fields
}
