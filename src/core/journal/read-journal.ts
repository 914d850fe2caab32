import { namesOfReason } from '../../model/credentials/verdict.ts'
import { OUTCOMES, type OutcomeName, type StoredJournalEntry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { Page, PageAsk } from '../../ports/paging.ts'
import type { JournalFilter } from '../../ports/stores.ts'
import type { World } from '../world.ts'
import { findThings } from './find-things.ts'

/** The largest number of things of each type that a name can match. */
const MOST_NAMED = 50
/** The largest number of users whose applications are included in the search. */
const MOST_OWNERS = 5

/**
 * Returns entries, newest first. `text` matches the content of entries, and names of mentioned things that the reader may
 * list.
 */
export async function readJournal(needs: Needs, act: Act, ask: ReadJournal): Promise<Page<StoredJournalEntry>> {
  const { page, outcome, reason, api, text, ...exact } = ask
  const filter: JournalFilter = { ...exact }
  if (outcome !== undefined) filter.events = OUTCOMES[outcome]
  if (reason !== undefined) filter.reasons = namesOfReason(reason)
  if (api !== undefined) filter.api = await findApi(needs, api)
  if (text !== undefined) filter.mentions = { text, ids: await idsNamed(needs, act, text) }
  return needs.journal.list(filter, page)
}

/** Finds an API by audience, client id or name. */
async function findApi(needs: Needs, asked: string): Promise<NonNullable<JournalFilter['api']>> {
  const all = await needs.resources.list()
  const named = asked.toLowerCase()
  const found =
    all.find(({ audience, clientId }) => audience === asked || clientId === asked) ??
    all.find(({ name }) => name.toLowerCase() === named)
  if (found) return found
  throw new Refusal('parameter-invalid', `no API ${asked.slice(0, 80)}`, {
    parameter: 'api',
    sentence: `There is no such API: ${asked.slice(0, 80)}.`,
    ...(all.length > 0 && { allowed: all.slice(0, 20).map(({ name }) => name) }),
  })
}

async function idsNamed(needs: Needs, act: Act, text: string): Promise<string[]> {
  const { users, clients, credentials, resources } = await findThings(needs, act, { text, most: MOST_NAMED })
  // Includes the applications of a named user, because tokens of an application carry only the application's id.
  const owned = await Promise.all(
    users.slice(0, MOST_OWNERS).map(({ id: ownerId }) => needs.clients.list({ ownerId }, { limit: MOST_NAMED })),
  )
  const ids = [...users, ...clients, ...credentials, ...owned.flatMap(({ items }) => items)].map(({ id }) => id)
  return [...ids, ...resources.map(({ clientId }) => clientId)]
}

export type ReadJournal = Omit<JournalFilter, 'events' | 'reasons' | 'api' | 'mentions'> & {
  page: PageAsk
  outcome?: OutcomeName
  reason?: string
  /** Audience, client id or name of an API. */
  api?: string
  text?: string
}
type Needs = Parameters<typeof findThings>[0] & Pick<World, 'journal'>
