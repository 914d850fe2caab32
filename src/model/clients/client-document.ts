/**
 * The state of a client's metadata document, whose address is the id of the client
 * (draft-ietf-oauth-client-id-metadata-document). The content of the document is stored in the client. This record says
 * when it was read, and how the last attempt ended.
 */
export type ClientDocument = {
  clientId: string
  /** The time at which the document was last read, or found unchanged. */
  readAt: number
  /** The time of the last attempt to read the document. */
  askedAt: number
  /** Until this time, the stored copy is used without a request. */
  freshUntil: number
  /** The ETag of the content that is stored in the client, and the time at which that content was read whole. */
  version?: { etag: string; readAt: number }
  trouble?: DocumentTrouble
}

/**
 * Why the last attempt failed. `unreachable`: network, TLS, or a server that is down; the stored copy is still used.
 * `withdrawn`: 404 or 410. `unfit`: any other answer that is not a usable document. A client whose document is
 * withdrawn or unfit gets no new access.
 */
export const DOCUMENT_TROUBLES = ['unreachable', 'withdrawn', 'unfit'] as const
export type DocumentTrouble = {
  is: (typeof DOCUMENT_TROUBLES)[number]
  /** A sentence that strangers may read. It contains no address, because they could learn names inside this network from it. */
  sentence: string
  /**
   * The detail that only staff may read: an address, or the error of the network. It is stored as a part of the
   * sentence.
   */
  why?: string
}

/**
 * Which documents are read: of every host, of the listed hosts, or none. A host includes its port if that is not 443;
 * `*.` stands for one label.
 */
export type DocumentPolicy = { from: 'open' | 'listed' | 'closed'; hosts: readonly string[] }

/** True if any document can be read; the metadata of the server publishes this. */
export const readsDocuments = ({ from, hosts }: DocumentPolicy): boolean =>
  from === 'open' || (from === 'listed' && hosts.length > 0)

/** `host`: in the form of `URL.host`. */
export function readsDocumentsOf({ from, hosts }: DocumentPolicy, host: string): boolean {
  if (from !== 'listed') return from === 'open'
  const wildcard = host.replace(/^[^.]+/, '*')
  return hosts.includes(host) || (wildcard !== '*' && hosts.includes(wildcard))
}

/**
 * True if this id is the address of a document. Accepts every spelling, so that a later check can say what is wrong
 * with it.
 */
export const isDocumentAddress = (clientId: string): boolean => /^https?:/i.test(clientId)
