/** One kind of request that a subject answers; the bodies are sent in turn, unless each can be sent once only, or each leads to the next one. */
export type Ask = {
  path: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  bodies: string[]
  sent?: 'once' | 'in chains'
}

/** What a subject prints when it is ready: one line of JSON. */
export type Offer = { url: string; asks: Record<string, Ask> }

export const form = (path: string, ...bodies: Record<string, string>[]): Ask => ({
  path,
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  bodies: bodies.map(fields => new URLSearchParams(fields).toString()),
})

export const offer = (what: Offer): void => console.log(JSON.stringify(what))

/** So many different tokens are asked about in turn. */
export const TOKENS = 1000
