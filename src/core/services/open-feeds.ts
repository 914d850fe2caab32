import { Refusal } from '../../model/refusal.ts'

/** Far more processes of one API than follow one server; each stream costs memory for as long as it is open. */
const MOST_OF_ONE_API = 100

/** How many streams of the revocation feed each API holds open at this process. */
export type OpenFeeds = {
  /** Counts one more, or refuses; returns what counts it off again. */
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
