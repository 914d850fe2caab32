import { randomBytes } from 'node:crypto'
import type { World } from '../../src/core/world.ts'
import { aboutClient, entry } from '../../src/model/journal.ts'
import { SYSTEM } from '../../src/model/users/actor.ts'

/** A client that is described by a document, as if that had been read; now nothing answers at its address. Returns its id. */
export async function describedClient(world: World): Promise<string> {
  const at = world.now()
  const id = `https://127.0.0.1:9/${randomBytes(5).toString('hex')}`
  await world.clientDocuments.adopt(
    {
      id,
      name: 'Described',
      redirectUris: ['http://127.0.0.1/callback'],
      grantTypes: ['authorization_code', 'refresh_token'],
      scopes: ['read'],
      type: 'public',
      policy: { ...world.rules.policy, consent: 'always' },
      source: 'document',
      active: true,
      createdAt: at,
      secrets: [],
      metadata: {},
    },
    { clientId: id, readAt: at, askedAt: at, freshUntil: at + 60_000 },
    100,
    entry(SYSTEM, 'created', aboutClient({ id }), { at, reason: 'client-document' }),
  )
  return id
}
