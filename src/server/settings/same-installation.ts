import type { World } from '../../core/world.ts'
import { isText, listOf, objectOf } from '../../model/refusals/typed.ts'

const PATIENCE_MILLISECONDS = 3000

/**
 * Checks whether the server at `address` uses this database, by its public signing keys: each key is made once, for one
 * database, and its id is public. A copy of a database has the same keys.
 */
export async function serverAt(address: string, { signingKeys }: Pick<World, 'signingKeys'>): Promise<ServerThere> {
  const theirs = await keysAt(address)
  if (!theirs) return 'none'
  const own = (await signingKeys.list()).map(({ id }) => id)
  return theirs.some(id => own.includes(id)) ? 'this' : 'another'
}

async function keysAt(address: string): Promise<string[] | undefined> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS)
    const answer = await fetch(`${address}/.well-known/jwks.json`, { signal, redirect: 'manual' })
    const body: unknown = answer.status === 200 ? await answer.json() : undefined
    return isKeySet(body) ? body.keys.map(({ kid }) => kid) : undefined
  } catch {
    return undefined
  }
}

const isKeySet = objectOf({ keys: listOf(objectOf({ kid: isText })) })

/** `none`: no answer, or an answer that is not one of Claviger. */
export type ServerThere = 'this' | 'another' | 'none'
