import type { Headers } from './caller-address.ts'

/** A request as the transport delivers it: nothing is decoded, and the body is not read yet. */
export type HttpRequest = {
  method: string
  /** The target on the request line, unchanged. */
  url: string
  /** The part of the path that a surrounding program removed from `url` (Express: `baseUrl`). */
  mountedAt?: string | undefined
  headers: Headers
  /** Counts the occurrences of a header; `headers` may merge them. `name` is in lower case. */
  count(name: string): number
  /** A body follows the headers (RFC 9112 section 6.3). */
  hasBody: boolean
  /** Address of the peer of the connection; empty if the transport does not know it. */
  peer: string
  /** Reads the whole body; `undefined` if it has more than `most` bytes. */
  read(most: number): Promise<Uint8Array | undefined>
}
