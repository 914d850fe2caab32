import type { Client } from '../../model/clients/client.ts'
import type { Fetcher } from '../../ports/fetcher.ts'
import { namedBy } from '../clients/named-by.ts'

/** Small files that clients publish for this server: lists of redirect addresses of a sector, request objects. */
export type ClientFiles = {
  /** The text, or `undefined` if there is none, it is too long, or its address is not allowed. */
  read(url: string, client: Pick<Client, 'source'>, mostBytes: number): Promise<string | undefined>
}

export const openClientFiles = (fetcher: Fetcher): ClientFiles => ({
  async read(url, client, mostBytes) {
    const answer = await fetcher.send({ url, mostBytes, namedBy: namedBy(client) })
    if (answer.is !== 'answer' || answer.status !== 200) return undefined
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(answer.body)
    } catch {
      return undefined
    }
  },
})
