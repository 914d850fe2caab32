import type { Client } from '../../model/client.ts'
import { type Credential, statusOf } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Source, World } from '../world.ts'

/* What users may see and end of what was issued to applications in their name. Another's token does not exist for them. */

export async function listOwnTokens(needs: Needs, userId: string, ask: ListOwnTokens): Promise<OwnTokens> {
  const read = (limit: number, cursor: string | undefined) =>
    needs.credentials.list(
      { userId, kinds: ['access-token'], status: 'active' },
      cursor === undefined ? { limit } : { limit, cursor },
    )
  const after = ask.after === undefined ? undefined : await findOwn(needs, userId, ask.after)
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

export async function findOwnToken(needs: Needs, userId: string, ask: { id: string }): Promise<OwnToken> {
  const credential = await findOwn(needs, userId, ask.id)
  if (statusOf(credential, needs.now()) !== 'active') throw new Refusal('not-found', `token ${ask.id} has ended`)
  return withClient(needs, credential)
}

export async function revokeOwnToken(
  needs: Needs,
  userId: string,
  ask: { id: string; from: Source },
): Promise<OwnToken> {
  const token = await findOwnToken(needs, userId, ask)
  const { credential } = token
  const entry = {
    at: needs.now(),
    event: 'revoked' as const,
    about: 'credential',
    aboutId: credential.id,
    actor: userId,
    userId,
    credentialId: credential.id,
    ...(credential.clientId && { clientId: credential.clientId }),
    ...ask.from,
  }
  // A refresh token of the same grant would bring it back, so the grant ends with it.
  if (credential.grantId === undefined) await needs.credentials.revoke(credential.id, entry)
  else await needs.credentials.revokeGrant(credential.grantId, entry)
  return token
}

async function findOwn(needs: Needs, userId: string, id: string): Promise<Credential> {
  const credential = await needs.credentials.byId(id)
  if (credential?.kind !== 'access-token' || credential.userId !== userId)
    throw new Refusal('not-found', `no token ${id} of ${userId}`)
  return credential
}

async function withClient(needs: Needs, credential: Credential): Promise<OwnToken> {
  const client = credential.clientId === undefined ? undefined : await needs.directory.client(credential.clientId)
  return client ? { credential, client } : { credential }
}

export type ListOwnTokens = {
  limit: number
  /** Id of the last one already seen: what is older. */
  after?: string
  /** Id of one that is known: what is newer. */
  newerThan?: string
  /** With `newerThan`: those right after it instead of the newest of all. */
  nearest?: boolean
}
export type OwnToken = { credential: Credential; client?: Client }
export type OwnTokens = { items: OwnToken[]; more: boolean }
type Needs = Pick<World, 'credentials' | 'directory' | 'now'>
