import { missing, quoted } from '../../model/refusals/missing.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Call } from '../program/command.ts'
import { findUser } from './find-user.ts'

/* Finds things by name, so that nobody must type an id. */

type Listed = { id: string; name: string | null }
const AT_MOST = 20

/** Finds an application by client id, or by full name in any letter case. */
export async function clientNamed({ manage }: Asking, said: string): Promise<{ id: string }> {
  const known = await manage('getClient', { id: said }).catch(unlessMissing)
  return known ?? oneOf('application', said, (await manage('listClients', { query: { q: said, limit: 200 } })).items)
}

/** Finds a credential by id, or by full name in any letter case. */
export async function credentialNamed({ manage }: Asking, said: string): Promise<{ id: string }> {
  const known = await manage('getCredential', { id: said }).catch(unlessMissing)
  return known ?? oneOf('credential', said, (await manage('listCredentials', { query: { q: said, limit: 200 } })).items)
}

/** Finds a user or an application. */
export async function actorNamed(asking: Asking, said: string): Promise<{ id: string }> {
  if (said === 'operator' || said === 'system') return { id: said }
  return (await findUser(asking, said).catch(unlessMissing)) ?? clientNamed(asking, said)
}

/** Ignores "not found", for a thing that can also be found in another way. */
export function unlessMissing(error: unknown): undefined {
  if (!(error instanceof Refusal) || (error.code !== 'not-found' && error.code !== 'user-unknown')) throw error
}

type Asking = Pick<Call, 'manage'>

function oneOf<T extends Listed>(noun: string, said: string, found: readonly T[]): T {
  const wanted = said.toLowerCase()
  const exact = found.filter(({ name }) => name?.toLowerCase() === wanted)
  const fitting = exact.length > 0 ? exact : found
  const [one] = fitting
  if (one && fitting.length === 1) return one
  if (!one) throw missing(noun, said)
  throw new Refusal('parameter-invalid', `several ${noun}s ${quoted(said)}`, {
    sentence: `Several ${noun}s fit ${quoted(said)}. Name one by its id.`,
    allowed: fitting.slice(0, AT_MOST).map(({ id, name }) => `${id} (${name ?? 'unnamed'})`),
  })
}
