import { type Kysely, sql } from 'kysely'
import type { NetworkUse, UsageCount, UsageStore } from '../../ports/usage.ts'
import type { Engine, Transaction } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { addOwners, ownerUsage } from './usage-owners.ts'
import { addTotals, HOUR_MINUTES, houseUsage, type Part, partsOf, summed, type UsageSum } from './usage-totals.ts'

/** Questions about all of a user or client look at this many of their newest credentials. */
const NEWEST = 10_000

/** Rows per transaction: small enough that issuing and revoking go on in between. */
const CHUNK = 200
/** When a credential was last used is kept to the minute, so that steady use costs one write a minute. */
const EXACTNESS = 60_000

export const usageStore = (engine: Engine): Pick<UsageStore, 'add' | 'addIssues' | 'read'> => ({
  async add(counts, lastUsed, networks) {
    // Sorted, so that two processes that write the same rows do not wait for each other in a circle.
    const sorted = counts.toSorted((a, b) => compare(countKey(a), countKey(b)))
    for (const some of chunks(sorted)) await engine.write(tx => addCounts(tx, some))
    const seen = networks.toSorted((a, b) => compare(networkKey(a), networkKey(b)))
    for (const some of chunks(seen)) await engine.write(tx => addNetworks(tx, some))
    const uses = [...lastUsed].sort(([a], [b]) => compare(a, b))
    const clients = new Map<string, number>()
    for (const some of chunks(uses))
      for (const { client_id, last_used_at } of await engine.write(tx => writeLastUsed(tx, some)))
        if (client_id !== null) clients.set(client_id, Math.max(last_used_at, clients.get(client_id) ?? 0))
    await writeClientsUsed(engine, clients)
  },

  addIssues: lastIssued => writeClientsUsed(engine, lastIssued),

  async read({ since, until, bucketMinutes, ...of }) {
    const span = { since: minuteOf(since), until: minuteOf(until) }
    const owner = of.userId ?? of.clientId
    const sums =
      of.credentialId === undefined && owner === undefined
        ? await houseUsage(engine.db, span, bucketMinutes)
        : (
            await Promise.all(partsOf(span, bucketMinutes).map(part => readPart(engine.db, part, of, bucketMinutes)))
          ).flat()
    return summed(sums, sum => `${sum.minute} ${sum.kind} ${sum.outcome}`)
      .sort((a, b) => a.minute - b.minute)
      .map(({ minute, ...sum }) => ({ at: minute * 60_000, ...sum }))
  },
})

/** Whole hours of an owner are summed up already; everything else is added up from the counts of the credentials. */
async function readPart(db: Kysely<Tables>, part: Part, of: Of, bucketMinutes: number): Promise<UsageSum[]> {
  const owner = of.credentialId === undefined ? (of.userId ?? of.clientId) : undefined
  if (owner !== undefined && part.grain === HOUR_MINUTES) return ownerUsage(db, owner, part, bucketMinutes)
  const bucket = sql<number>`(minute - minute % ${sql.lit(bucketMinutes)})`
  const rows = await db
    .selectFrom('usage')
    .select(eb => [bucket.as('bucket'), 'kind', 'outcome', eb.fn.sum<number>('count').as('count')])
    .where('credential_id', 'in', idsOf(db, of))
    .where('minute', '>=', part.from)
    .where('minute', '<=', part.to)
    .groupBy([bucket, 'kind', 'outcome'])
    .execute()
  return rows.map(row => ({
    minute: Number(row.bucket),
    kind: row.kind,
    outcome: row.outcome,
    count: Number(row.count),
  }))
}

async function addCounts(tx: Transaction, counts: UsageCount[]): Promise<void> {
  await tx
    .insertInto('usage')
    .values(counts.map(({ credentialId, ...rest }) => ({ credential_id: credentialId, ...rest })))
    .onConflict(c =>
      c
        .columns(['minute', 'credential_id', 'outcome'])
        .doUpdateSet(eb => ({ count: eb('usage.count', '+', eb.ref('excluded.count')) })),
    )
    .execute()
  await addTotals(tx, counts)
  await addOwners(tx, counts)
}

const addNetworks = (tx: Transaction, uses: NetworkUse[]) =>
  tx
    .insertInto('usage_networks')
    .values(uses.map(({ credentialId, network, at }) => ({ credential_id: credentialId, network, last_at: at })))
    .onConflict(c =>
      c.columns(['credential_id', 'network']).doUpdateSet(eb => ({ last_at: eb.ref('excluded.last_at') })),
    )
    .execute()

/** One statement for all: building one for each would cost more than running it. Returns what it has changed. */
async function writeLastUsed(tx: Transaction, uses: readonly Use[]) {
  const { rows } = await sql<{ client_id: string | null; last_used_at: number }>`
    with uses(id, at) as (values ${valuesOf(uses)})
    update credentials set last_used_at = uses.at from uses
    where length(uses.id) = 24 and credentials.fingerprint >= uses.id and credentials.fingerprint < uses.id || '~'
      and (credentials.last_used_at is null or credentials.last_used_at <= uses.at - ${EXACTNESS})
    returning client_id, last_used_at`.execute(tx)
  return rows
}

/** Transactions of their own: credentials and clients are never locked together here, so no order of locks is needed. */
async function writeClientsUsed(engine: Engine, lastUsed: ReadonlyMap<string, number>): Promise<void> {
  const uses = [...lastUsed].sort(([a], [b]) => compare(a, b))
  for (const some of chunks(uses))
    await engine.write(tx =>
      sql`
        with uses(id, at) as (values ${valuesOf(some)})
        update clients set last_used_at = uses.at from uses
        where clients.id = uses.id
          and (clients.last_used_at is null or clients.last_used_at <= uses.at - ${EXACTNESS})`.execute(tx),
    )
}

type Use = readonly [id: string, at: number]
const valuesOf = (uses: readonly Use[]) =>
  sql.join(uses.map(([id, at]) => sql`(cast(${id} as text), cast(${at} as bigint))`))

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += CHUNK) yield all.slice(i, i + CHUNK)
}

export const minuteOf = (at: number): number => Math.floor(at / 60_000)
const countKey = (one: UsageCount): string => `${one.minute} ${one.credentialId} ${one.outcome}`
const networkKey = (one: NetworkUse): string => `${one.credentialId} ${one.network}`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Of = { credentialId?: string; userId?: string; clientId?: string }

/** The newest credentials of a user or client, or the one that is named. */
function newestOf(db: Kysely<Tables>, of: Of) {
  let query = db.selectFrom('credentials').selectAll().orderBy('created_at', 'desc').limit(NEWEST)
  if (of.credentialId !== undefined)
    query = query.where('fingerprint', '>=', of.credentialId).where('fingerprint', '<', `${of.credentialId}~`)
  if (of.userId !== undefined) query = query.where('user_id', '=', of.userId)
  if (of.clientId !== undefined) query = query.where('client_id', '=', of.clientId)
  return query
}

/** Their ids, as a statement to select from. */
const idsOf = (db: Kysely<Tables>, of: Of) =>
  db.selectFrom(newestOf(db, of).as('newest')).select(sql<string>`substr(fingerprint, 1, 24)`.as('id'))
