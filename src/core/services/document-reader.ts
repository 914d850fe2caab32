import type { Fetcher, OutboundAnswer } from '../../ports/fetcher.ts'

/** Fetches the metadata documents of clients, with one request at a time for each address. Never throws a refusal. */
export type DocumentReader = {
  /** With an ETag, the answer is 304 if the document still has it (RFC 9110 section 13.1.2). */
  read(clientId: string, etag?: string): Promise<OutboundAnswer>
}

/** The largest size of a document in bytes. A longer document is not accepted. */
export const MOST_DOCUMENT_BYTES = 5120

export function openDocumentReader(fetcher: Fetcher): DocumentReader {
  const underWay = new Map<string, { etag: string | undefined; answer: Promise<OutboundAnswer> }>()
  const ask = (clientId: string, etag: string | undefined): Promise<OutboundAnswer> =>
    fetcher.send({
      url: clientId,
      headers: { accept: 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) },
      mostBytes: MOST_DOCUMENT_BYTES,
      namedBy: 'client',
    })

  return {
    async read(clientId, etag) {
      // An answer to another ETag is no answer to this question.
      for (let running = underWay.get(clientId); running; running = underWay.get(clientId))
        if (running.etag === etag) return running.answer
        else await running.answer
      const answer = ask(clientId, etag).finally(() => underWay.delete(clientId))
      underWay.set(clientId, { etag, answer })
      return answer
    },
  }
}
