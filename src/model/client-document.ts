/**
 * The metadata document of a client whose id is the address of the document (draft-ietf-oauth-client-id-metadata-document).
 * What it says stands in the client; this is when it was read, and how the last attempt ended.
 */
export type ClientDocument = {
  clientId: string
  /** When it was last read and found fit. */
  readAt: number
  /** Of the last attempt. */
  askedAt: number
  /** Until then the stored copy is taken without asking. */
  freshUntil: number
  trouble?: DocumentTrouble
}

/**
 * Why the last attempt brought nothing. `unreachable`: network, TLS, or a server that is down; the stored copy serves on.
 * `withdrawn`: 404 or 410. `unfit`: anything else that is no usable document. The last two give no new access.
 */
export const DOCUMENT_TROUBLES = ['unreachable', 'withdrawn', 'unfit'] as const
export type DocumentTrouble = { is: (typeof DOCUMENT_TROUBLES)[number]; sentence: string }

/** Which documents are read: of every host, of those listed, none. Hosts with the port where it is not 443; `*.` stands for one label. */
export type DocumentPolicy = { from: 'open' | 'listed' | 'closed'; hosts: readonly string[] }

/** Could any document be read? What the metadata of the server says. */
export const readsDocuments = ({ from, hosts }: DocumentPolicy): boolean =>
  from === 'open' || (from === 'listed' && hosts.length > 0)

/** `host` as `URL.host` writes it. */
export function readsDocumentsOf({ from, hosts }: DocumentPolicy, host: string): boolean {
  if (from !== 'listed') return from === 'open'
  const wildcard = host.replace(/^[^.]+/, '*')
  return hosts.includes(host) || (wildcard !== '*' && hosts.includes(wildcard))
}

/** Is this id the address of a document? In every spelling, so that a wrong one hears what is wrong with it. */
export const isDocumentAddress = (clientId: string): boolean => /^https?:/i.test(clientId)
