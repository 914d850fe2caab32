/**
 * Requests to other people's servers: documents and keys of clients, notices to them. Addresses are checked and pinned
 * (no request reaches special-use networks, RFC 6890), redirects are not followed, answers are limited in size and time.
 */
export type Fetcher = {
  send(ask: OutboundAsk): Promise<OutboundAnswer>
}

export type OutboundAsk = {
  url: string
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  /** No more is read of the body; a longer one is `too-large`. */
  mostBytes: number
  /** `staff`: an address that staff entered, which may be on the operator's list of special-use addresses; `client`: one that a document or a self-registered client names. */
  namedBy: 'staff' | 'client'
}

export type OutboundAnswer =
  | { is: 'answer'; status: number; headers: Readonly<Record<string, string>>; body: string }
  /** Never sent: the address may not be reached. `why` is a sentence for operators. */
  | { is: 'not-allowed'; why: string }
  /** No whole answer: name, network, TLS, time. */
  | { is: 'unreachable'; why: string }
  | { is: 'too-large'; why: string }
  /** Too many requests to this host are under way. */
  | { is: 'busy'; why: string }
