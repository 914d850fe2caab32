import type { Act, Oneself } from '../../../model/actor.ts'
import type { Credential } from '../../../model/credential.ts'
import type { World } from '../../world.ts'
import { findAnyOwnToken, type OwnToken, withClient } from './own-token.ts'

/** Live tokens that applications hold in the user's name, newest first. */
export async function listOwnTokens(needs: Needs, act: Act<Oneself>, ask: ListOwnTokens): Promise<OwnTokens> {
  const { id: userId } = act.by.user
  const read = (limit: number, cursor: string | undefined) =>
    needs.credentials.list(
      { userId, kinds: ['access-token'], status: 'active' },
      cursor === undefined ? { limit } : { limit, cursor },
    )
  const after = ask.after === undefined ? undefined : await findAnyOwnToken(needs, act, { id: ask.after })
  const first = after && needs.credentials.cursorAfter(after)
  const page = ask.newerThan === undefined ? await read(ask.limit, first) : await newer(read, first, ask)
  const items = await Promise.all(page.items.map(credential => withClient(needs, credential)))
  return { items, more: page.nextCursor !== undefined }
}

/** Walks from the newest down to the one that is known; what comes right after it, or what is newest of all. */
async function newer(
  read: (limit: number, cursor: string | undefined) => Promise<{ items: Credential[]; nextCursor?: string }>,
  cursor: string | undefined,
  ask: ListOwnTokens,
): Promise<{ items: Credential[]; nextCursor?: string }> {
  const found: Credential[] = []
  for (let page = await read(PAGE, cursor); ; page = await read(PAGE, page.nextCursor)) {
    const end = page.items.findIndex(({ id }) => id === ask.newerThan)
    found.push(...(end < 0 ? page.items : page.items.slice(0, end)))
    if (end >= 0 || page.nextCursor === undefined || found.length >= FURTHEST) break
  }
  return { items: ask.nearest ? found.slice(-ask.limit) : found.slice(0, ask.limit) }
}
const PAGE = 100
const FURTHEST = 1000

export type ListOwnTokens = {
  limit: number
  /** Id of the last one already seen: what is older. */
  after?: string
  /** Id of one that is known: what is newer. */
  newerThan?: string
  /** With `newerThan`: those right after it instead of the newest of all. */
  nearest?: boolean
}
export type OwnTokens = { items: OwnToken[]; more: boolean }
type Needs = Pick<World, 'credentials' | 'lookups'>
