import type { Credential } from '../../model/credentials/credential.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import { readsAs } from '../../model/request-id.ts'
import type { Act } from '../../model/users/actor.ts'
import { isOwn, permits } from '../authority.ts'
import type { World } from '../world.ts'
import { findThings, type Things } from './find-things.ts'

/** The number of results per type. A person types more letters instead of reading more results. */
const MOST = 6

/**
 * Finds things by name, a request by id, or a credential by its secret. The secret is neither stored nor recorded, and
 * the look-up does not count as a check.
 */
export async function find(needs: Needs, act: Act, ask: Find): Promise<Found> {
  const text = ask.text.trim()
  if (text === '') return NOTHING
  const reading = readsAs(text)
  const entry = reading === 'credential' ? undefined : await entryOf(needs, act, text)
  const presented = reading === 'request' ? undefined : await presentedAs(needs, act, text)
  if (presented) return { ...NOTHING, presented }
  // A text with the form of a secret is not compared with names.
  const things = /^clv_[a-z]+_[^…]{12,}/.test(text) ? NOTHING : await findThings(needs, act, { text, most: MOST })
  return { ...things, ...(entry && { entry }) }
}

async function entryOf(needs: Needs, act: Act, requestId: string): Promise<StoredJournalEntry | undefined> {
  if (!permits(act.by, 'listJournal')) return undefined
  return (await needs.journal.list({ requestId }, { limit: 1 })).items[0]
}

async function presentedAs(needs: Needs, { by }: Act, text: string): Promise<Credential | undefined> {
  for (const finder of needs.finders) {
    if (finder.writes || !finder.fits(text)) continue
    const found = await finder.find(text)
    if (found === undefined) continue
    if (found === 'credential-unknown') return undefined
    const { credential } = found
    return permits(by, 'listCredentials') || isOwn(by, credential.userId) ? credential : undefined
  }
  return undefined
}

const NOTHING = { users: [], clients: [], credentials: [], resources: [] }

export type Find = { text: string }
export type Found = Things & {
  /** The newest journal entry of the request with this id. */
  entry?: StoredJournalEntry
  /** The credential whose secret is the text. */
  presented?: Credential
}
type Needs = Parameters<typeof findThings>[0] & Pick<World, 'journal' | 'finders'>
