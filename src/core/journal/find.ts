import type { Act } from '../../model/actor.ts'
import type { Credential } from '../../model/credential.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import { readsAs } from '../../model/request-id.ts'
import { isOwn, permits } from '../authority.ts'
import type { World } from '../world.ts'
import { findThings, type Things } from './find-things.ts'

/** So many of each sort: a person types another letter rather than read more. */
const MOST = 6

/**
 * What a person may mean by this text: things of that name, a request of that id, or the credential that it is the secret
 * of. A secret is looked up and neither kept nor noted; this is no check of it.
 */
export async function find(needs: Needs, act: Act, ask: Find): Promise<Found> {
  const text = ask.text.trim()
  if (text === '') return NOTHING
  const reading = readsAs(text)
  const entry = reading === 'credential' ? undefined : await entryOf(needs, act, text)
  const presented = reading === 'request' ? undefined : await presentedAs(needs, act, text)
  if (presented) return { ...NOTHING, presented }
  // What reads as a secret is no name: it is compared with nothing else.
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
  /** The newest entry of the request of this id. */
  entry?: StoredJournalEntry
  /** The text is the secret of this one. */
  presented?: Credential
}
type Needs = Parameters<typeof findThings>[0] & Pick<World, 'journal' | 'finders'>
