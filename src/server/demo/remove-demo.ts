import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { erase } from '../../store/erase.ts'
import type { Installation } from '../compose.ts'
import { API, DEMO_DOMAIN, GATES, SCOPES } from './cast.ts'
import { DEMO_MARK, DEMO_TOKEN_FILE } from './make-demo.ts'

/** Removes the users of the demo's domain and everything they own, and nothing else. */
export async function removeDemo({ world, engine }: Installation, dataDir: string): Promise<RemovedDemo> {
  const people = await all(page => world.users.list(page))
  const userIds = people.filter(({ email }) => email?.endsWith(`@${DEMO_DOMAIN}`)).map(({ id }) => id)
  const clients = await all(page => world.clients.list({}, page))
  const api = await world.resources.byAudience(API.audience)
  const clientIds = clients.filter(({ website }) => website?.endsWith(`.${DEMO_DOMAIN}`)).map(({ id }) => id)
  const seeded = (await world.settings.get(DEMO_MARK)) !== undefined
  const credentials = await erase(
    engine,
    {
      userIds,
      clientIds: api ? [...clientIds, api.clientId] : clientIds,
      abouts: seeded
        ? [
            ...SCOPES.map(({ scope }) => ({ about: 'scope', id: scope })),
            ...GATES.map(({ name }) => ({ about: 'gate', id: name })),
            { about: 'resource', id: API.audience },
            { about: 'setting', id: DEMO_MARK },
          ]
        : [],
      settings: [DEMO_MARK],
      ...(seeded && { timesUntil: world.now() }),
    },
    world.now(),
  )
  rmSync(join(dataDir, DEMO_TOKEN_FILE), { force: true })
  return { users: userIds.length, applications: clientIds.length, credentials }
}

export type RemovedDemo = { users: number; applications: number; credentials: number }

async function all<T>(
  read: (page: { limit: number; cursor?: string }) => Promise<{ items: T[]; nextCursor?: string }>,
): Promise<T[]> {
  const found: T[] = []
  let cursor: string | undefined
  do {
    const page = await read({ limit: 500, ...(cursor && { cursor }) })
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return found
}
