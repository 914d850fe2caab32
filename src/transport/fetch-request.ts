import type { HttpRequest } from '../http/http-request.ts'
import { Refusal } from '../model/refusals/refusal.ts'

/** How long to wait for a whole request; `node:http` waits equally long (`transport/node.ts`). */
const REQUEST_MILLISECONDS = 30_000

/** A web request in the form that the application reads. */
export class FetchRequest implements HttpRequest {
  readonly #sent: Request
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly peer: string

  constructor(sent: Request, peer: string) {
    this.#sent = sent
    this.method = sent.method
    this.url = targetOf(sent.url)
    this.headers = Object.fromEntries(sent.headers)
    this.peer = peer
  }

  get hasBody(): boolean {
    return this.#sent.body !== null
  }

  /** Web headers join repeated headers with commas. No header that the application counts may contain a comma. */
  count = (name: string): number => this.headers[name]?.split(',').length ?? 0

  async read(most: number): Promise<Uint8Array | undefined> {
    const { body, bodyUsed } = this.#sent
    if (bodyUsed) throw new Error('The body was read before: mount Claviger in front of what reads bodies.')
    if (Number(this.headers['content-length']) > most) return undefined
    const reader = body?.getReader()
    if (!reader) return new Uint8Array()
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Refusal('request-too-slow')), REQUEST_MILLISECONDS)
    try {
      return await Promise.race([wholeOf(reader, most), late])
    } finally {
      clearTimeout(timer)
    }
  }
}

async function wholeOf(reader: ReadableStreamDefaultReader<Uint8Array>, most: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  while (true) {
    const { done, value } = await reader.read().catch(error => {
      throw new Refusal('request-malformed', `the body broke off: ${error instanceof Error ? error.message : error}`)
    })
    if (done) return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)
    length += value.length
    if (length > most) {
      reader.cancel().catch(() => {})
      return undefined
    }
    chunks.push(value)
  }
}

/** Path and query of an absolute address, without the fragment, which clients do not send. */
function targetOf(address: string): string {
  const path = address.indexOf('/', address.indexOf('://') + 3)
  const fragment = address.indexOf('#')
  return path < 0 ? '/' : address.slice(path, fragment < 0 ? undefined : fragment)
}
