import { parseCookie } from 'cookie'
import type { BasePath } from './base-path.ts'
import { type CallerAddress, callerAddress } from './caller-address.ts'
import { parseForm } from './form.ts'
import type { HttpRequest } from './http-request.ts'
import { Params } from './params.ts'
import { MOST_BYTES, readBody } from './read-body.ts'
import type { Body, WireRequest } from './request.ts'

/** The request that rows read. It is a class, because its lazy parts would cost more as getters of a new object for each request. */
export class Incoming implements WireRequest {
  readonly #request: HttpRequest
  readonly #proxies: readonly string[]
  readonly #question: number
  #address: CallerAddress | undefined
  #query: Params | undefined
  readonly id: string
  readonly method: string
  readonly url: string
  /** True if the request is for a path of the host that does not belong to this server. */
  readonly outside: boolean = false
  readonly headers: HttpRequest['headers']
  params: Record<string, string> = {}
  /** A row at this path reads multipart/form-data. */
  multipart = false
  body: Body = { type: 'later' }
  #loading: Promise<Body> | undefined

  constructor(request: HttpRequest, id: string, proxies: readonly string[], base?: BasePath) {
    this.#request = request
    this.#proxies = proxies
    const { url } = request
    // The request line may contain a host, as for a proxy (RFC 9112 section 3.2.2); only the path counts.
    this.url = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?#]*/i, '') || '/'
    if (base) {
      const whole = (request.mountedAt ?? '') + this.url
      const inside = base.inside(whole)
      this.outside = inside === undefined
      this.url = inside ?? whole
    }
    this.#question = this.url.indexOf('?')
    this.id = id
    this.method = request.method
    this.headers = request.headers
  }

  async load(): Promise<Body> {
    if (this.body.type !== 'later') return this.body
    this.#loading ??= readBody(this.#request, { multipart: this.multipart })
    this.body = await this.#loading
    return this.body
  }

  /** True if the unread part of the body is so long or so broken that the connection closes after the answer. */
  get endsConnection(): boolean {
    if (this.body.type !== 'later') return false
    return this.#loading !== undefined || Number(this.headers['content-length']) > MOST_BYTES
  }

  get path(): string {
    return this.#question < 0 ? this.url : this.url.slice(0, this.#question)
  }

  /** The query is parsed at first use, so that the row that reads a broken query refuses the request in its own format. */
  get query(): Params {
    this.#query ??= new Params(this.#question < 0 ? {} : parseForm(this.url.slice(this.#question + 1)))
    return this.#query
  }

  get cookies(): WireRequest['cookies'] {
    const { cookie } = this.headers
    return parseCookie(typeof cookie === 'string' ? cookie : '')
  }

  get address(): CallerAddress {
    this.#address ??= callerAddress(this.peer, this.headers, this.#proxies)
    return this.#address
  }

  get ip(): string {
    return this.address.ip
  }

  get peer(): string {
    return this.#request.peer
  }

  countHeader(name: string): number {
    return this.#request.count(name)
  }
}
