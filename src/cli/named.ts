import { findUser } from '../core/users/find-user.ts'
import type { World } from '../core/world.ts'
import { Refusal } from '../model/refusal.ts'

/* Things by the names people know them by: nobody has to type an id. */

type Listed = { id: string; name?: string }
const AT_MOST = 20

/** An application by its client id or its whole name, in any letter case. */
export async function clientNamed({ clients }: Pick<World, 'clients'>, said: string): Promise<{ id: string }> {
  const known = await clients.byId(said)
  return known ?? oneOf('application', said, (await clients.list({ search: said }, { limit: 200 })).items)
}

/** A credential by its id or its whole name, in any letter case. */
export async function credentialNamed({ credentials }: Pick<World, 'credentials'>, said: string): Promise<Listed> {
  const known = await credentials.byId(said)
  return known ?? oneOf('credential', said, (await credentials.list({ search: said }, { limit: 200 })).items)
}

/** A user or an application. */
export async function actorNamed(world: Pick<World, 'users' | 'clients'>, said: string): Promise<{ id: string }> {
  if (said === 'operator' || said === 'system') return { id: said }
  return findUser(world, said).catch(() => clientNamed(world, said))
}

function oneOf<T extends Listed>(noun: string, said: string, found: readonly T[]): T {
  const wanted = said.toLowerCase()
  const exact = found.filter(({ name }) => name?.toLowerCase() === wanted)
  const fitting = exact.length > 0 ? exact : found
  const [one] = fitting
  if (one && fitting.length === 1) return one
  if (!one)
    throw new Refusal('not-found', `no ${noun} ${said.slice(0, 80)}`, {
      sentence: `There is no ${noun} of the name or id "${said.slice(0, 80)}".`,
    })
  throw new Refusal('parameter-invalid', `several ${noun}s ${said.slice(0, 80)}`, {
    sentence: `Several ${noun}s fit "${said.slice(0, 80)}". Name one by its id.`,
    allowed: fitting.slice(0, AT_MOST).map(({ id, name }) => `${id} (${name ?? 'unnamed'})`),
  })
}
