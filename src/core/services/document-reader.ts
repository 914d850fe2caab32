import type { Fetcher, OutboundAnswer } from '../../ports/fetcher.ts'

/** Asks for metadata documents of clients where they lie; one request at a time for each address. Never refuses. */
export type DocumentReader = { read(clientId: string): Promise<OutboundAnswer> }

/** All that is read of a document, in bytes; a longer one is none. */
export const MOST_DOCUMENT_BYTES = 5120

export function openDocumentReader(fetcher: Fetcher): DocumentReader {
  const underWay = new Map<string, Promise<OutboundAnswer>>()
  const ask = (clientId: string): Promise<OutboundAnswer> =>
    fetcher.send({
      url: clientId,
      headers: { accept: 'application/json' },
      mostBytes: MOST_DOCUMENT_BYTES,
      namedBy: 'client',
    })

  return {
    read(clientId) {
      const running = underWay.get(clientId)
      if (running) return running
      const started = ask(clientId).finally(() => underWay.delete(clientId))
      underWay.set(clientId, started)
      return started
    },
  }
}
