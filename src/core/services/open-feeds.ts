import { Refusal } from '../../model/refusals/refusal.ts'

/** The largest number of streams per API, because each stream uses memory. An API usually runs fewer processes. */
const MOST_OF_ONE_API = 100

/** Counts the open streams of the revocation feed per API in this process. */
export type OpenFeeds = {
  /** Adds one stream or refuses. Returns a function that removes it. */
  take(clientId: string): () => void
}

export function openFeeds(): OpenFeeds {
  const counts = new Map<string, number>()
  return {
    take(clientId) {
      const count = counts.get(clientId) ?? 0
      if (count >= MOST_OF_ONE_API)
        throw new Refusal('rate-limited', `${clientId} follows the feed ${count} times`, {
          sentence: `This API follows the feed ${MOST_OF_ONE_API} times at this server already. Close what is not read.`,
          retryAfterSeconds: 10,
        })
      counts.set(clientId, count + 1)
      return () => {
        const left = (counts.get(clientId) ?? 1) - 1
        if (left > 0) counts.set(clientId, left)
        else counts.delete(clientId)
      }
    },
  }
}
