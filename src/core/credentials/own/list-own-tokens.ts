import type { Credential } from '../../../model/credentials/credential.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { findAnyOwnToken, type OwnToken, withClient } from './own-token.ts'

/** Returns the active tokens that applications hold for the user, newest first. */
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

/**
 * Reads from the newest token down to `newerThan`. Returns the newest tokens, or with `nearest` the ones directly above
 * `newerThan`.
 */
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
  /** The id of the last token on the previous page; the result contains older ones. */
  after?: string
  /** The id of a known token; the result contains newer ones. */
  newerThan?: string
  /** If true, the result contains the tokens that directly follow `newerThan`, instead of the newest ones. */
  nearest?: boolean
}
export type OwnTokens = { items: OwnToken[]; more: boolean }
type Needs = Pick<World, 'credentials' | 'lookups'>
