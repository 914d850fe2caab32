/**
 * Sends requests to servers of other parties: documents and keys of clients, notifications. Addresses are checked and
 * pinned (no request to special-use networks, RFC 6890), redirects are not followed, answers are limited in size and
 * time.
 */
export type Fetcher = {
  send(ask: OutboundAsk): Promise<OutboundAnswer>
}

export type OutboundAsk = {
  url: string
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Reading stops after so many bytes; a longer body is `too-large`. */
  mostBytes: number
  /**
   * Who named the address. `staff`: the operator's list of special-use addresses is allowed. `client` (a stranger, a
   * document or a self-registered client): the list is allowed in development only.
   */
  namedBy: 'staff' | 'client'
}

export type OutboundAnswer =
  | { is: 'answer'; status: number; headers: Readonly<Record<string, string>>; body: Uint8Array }
  /** The request was not sent, because the address is not allowed. `why` is a sentence for operators. */
  | { is: 'not-allowed'; why: string }
  /** No complete answer arrived: name resolution, network, TLS or timeout. */
  | { is: 'unreachable'; why: string }
  | { is: 'too-large'; why: string }
  /** Too many requests to this host are running. */
  | { is: 'busy'; why: string }
