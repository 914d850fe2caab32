import type { StoredJournalEntry } from '../model/journal.ts'
import { Refusal } from '../model/refusal.ts'
import type { World } from './world.ts'

/** What the journal knows of one request, oldest first: the answer to "why was this turned away?". */
export async function explainRequest(needs: Needs, requestId: string): Promise<StoredJournalEntry[]> {
  const { items } = await needs.journal.list({ requestId }, { limit: 100 })
  if (items.length === 0)
    throw new Refusal('not-found', `nothing recorded for request ${requestId.slice(0, 80)}`, {
      sentence: 'The journal has nothing about this request: it was answered without a refusal or a change.',
    })
  return items.reverse()
}

type Needs = Pick<World, 'journal'>
