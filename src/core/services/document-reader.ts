import type { Fetcher, OutboundAnswer } from '../../ports/fetcher.ts'

/** Fetches the metadata documents of clients, with one request at a time for each address. Never throws a refusal. */
export type DocumentReader = { read(clientId: string): Promise<OutboundAnswer> }

/** The largest size of a document in bytes. A longer document is not accepted. */
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
