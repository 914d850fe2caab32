import type { Headers } from './caller-address.ts'

/** A request as a transport hands it over: nothing is decoded, and its body is not read yet. */
export type HttpRequest = {
  method: string
  /** As on the request line. */
  url: string
  headers: Headers
  /** How often a header was sent; `headers` may hide that. `name` is in lower case. */
  count(name: string): number
  /** Something follows the headers (RFC 9112 section 6.3). */
  hasBody: boolean
  /** Address at the other end of the connection; empty where the transport does not know it. */
  peer: string
  /** The whole body; `undefined`: it has more than `most` bytes. */
  read(most: number): Promise<Uint8Array | undefined>
}
