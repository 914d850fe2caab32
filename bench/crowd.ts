import { createHash } from 'node:crypto'
import type { World } from '../src/core/world.ts'
import type { NewClient } from '../src/model/clients/client.ts'
import type { Credential, CredentialKind } from '../src/model/credentials/credential.ts'
import type { JournalEntry } from '../src/model/journal.ts'
import { DAY } from '../src/model/span.ts'

/* A house that has been lived in for a month: credentials of every kind and state, their people, their traces. */

const BATCH = 1000

/** Of a hundred credentials so many are of this kind. */
const MIX: readonly [CredentialKind, number][] = [
  ['access-token', 55],
  ['refresh-token', 10],
  ['api-key', 15],
  ['application-token', 8],
  ['session', 5],
  ['user-token', 5],
  ['token-pair', 2],
]
const KIND_OF = MIX.flatMap(([kind, share]) => Array<CredentialKind>(share).fill(kind))
const NAMED = new Set<CredentialKind>(['api-key', 'application-token', 'token-pair'])

export type Crowd = { users: string[]; clients: string[]; credentials: Credential[] }

/** Fills an empty house through its stores, so that every row is as the product writes it. */
export async function settle(world: World, count: number): Promise<Crowd> {
  const users = await people(world, count / 10)
  const clients = await applications(world, count / 50, users)
  const credentials = Array.from({ length: count }, (_, i) => credentialOf(i, count, world.now(), users, clients))
  for (const some of batches(credentials)) await world.credentials.issue(some, entryOf(some[0] as Credential))
  for (const some of batches(credentials)) await world.journal.append(some.map(entryOf))
  const minute = Math.floor(world.now() / 60_000)
  const counts = credentials.flatMap(({ id, kind }, i) =>
    [i % 60, 600 + (i % 600)].map(ago => ({
      minute: minute - ago,
      countedBy: id,
      kind,
      outcome: i % 20 === 0 ? 'expired' : 'valid',
      count: 1 + (i % 7),
    })),
  )
  for (const some of batches(counts)) await world.usage.add(some, new Map(), [])
  return { users, clients, credentials }
}

async function people(world: World, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => hash(`user ${i}`).slice(0, 24))
  const make = (id: string, i: number) =>
    world.users.create(
      {
        id,
        handle: `${['ada', 'bob', 'cem', 'dora', 'eve'][i % 5]}-${i}`,
        email: `person${i}@example.org`,
        role: i % 500 === 1 ? 'operator' : 'user',
        active: i % 400 !== 2,
        createdAt: world.now() - 40 * DAY + i,
      },
      { at: world.now(), event: 'created', about: 'user', aboutId: id, actor: 'operator' },
    )
  for (const some of batches(ids.map((id, i) => () => make(id, i)))) await Promise.all(some.map(start => start()))
  return ids
}

async function applications(world: World, count: number, users: string[]): Promise<string[]> {
  const make = (i: number): NewClient => ({
    id: `clv_cid_${hash(`client ${i}`).slice(0, 24)}`,
    name: `${['Photo wall', 'Nightly job', 'Notes', 'Reader'][i % 4]} ${i}`,
    redirectUris: ['https://app.example/callback'],
    grantTypes: ['authorization_code'],
    scopes: ['read'],
    type: i % 3 === 0 ? 'public' : 'confidential',
    policy: world.rules.policy,
    source: i % 5 === 0 ? 'portal' : 'operator',
    active: true,
    createdAt: world.now() - 40 * DAY + i,
    metadata: {},
    secrets: [],
    ...(i % 2 === 0 && { ownerId: users[i % users.length] as string }),
  })
  const made = Array.from({ length: count }, (_, i) => make(i))
  for (const some of batches(made))
    await Promise.all(
      some.map(client =>
        world.clients.create(client, { at: world.now(), event: 'created', about: 'client', actor: 'operator' }),
      ),
    )
  return made.map(({ id }) => id)
}

function credentialOf(i: number, count: number, now: number, users: string[], clients: string[]): Credential {
  const fingerprint = hash(`credential ${i}`)
  const kind = KIND_OF[(i * 37) % 100] as CredentialKind
  const createdAt = now - 30 * DAY + Math.floor(((i + 1) / (count + 1)) * 30 * DAY)
  const lives = NAMED.has(kind) ? (i % 3 === 0 ? undefined : (20 + (i % 90)) * DAY) : DAY * 20
  const made = {
    id: fingerprint.slice(0, 24),
    fingerprint,
    kind,
    hint: `clv_at_…${fingerprint.slice(-4)}`,
    audience: [],
    scopes: ['read'],
    createdAt,
    data:
      kind === 'session' ? { authentication: { at: createdAt, methods: ['pwd'] }, device: { userAgent: 'Bench' } } : {},
    userId: users[(i * 7) % users.length] as string,
    ...(NAMED.has(kind) ? { name: `${i % 1000 === 3 ? 'quarterly report' : 'deploy'} ${i}` } : {}),
    ...(!NAMED.has(kind) && kind !== 'session' ? { clientId: clients[i % clients.length] as string } : {}),
    ...(lives !== undefined && { expiresAt: createdAt + lives }),
    ...(i % 10 === 0 && { revokedAt: createdAt + DAY }),
    ...(i % 4 !== 0 && { lastUsedAt: Math.min(now, createdAt + (i % 9) * DAY) }),
  }
  return made as Credential
}

const entryOf = (credential: Credential): JournalEntry => ({
  at: credential.createdAt,
  event: credential.revokedAt === undefined ? 'issued' : 'denied',
  about: 'credential',
  aboutId: credential.id,
  actor: credential.userId ?? 'operator',
  credentialId: credential.id,
  ...(credential.clientId !== undefined && { clientId: credential.clientId }),
  ...(credential.userId !== undefined && { userId: credential.userId }),
})

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

function* batches<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += BATCH) yield all.slice(i, i + BATCH)
}
