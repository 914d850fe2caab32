import { type Kysely, sql } from 'kysely'
import type { NetworkUse, UsageCount, UsageOf, UsageStore } from '../../../ports/usage.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { countedOf } from './counted-of.ts'
import { writeIssues, writeLastUsed } from './last-used.ts'
import { networks } from './networks.ts'
import { addOwners, ownerUsage } from './usage-owners.ts'
import { addTotals, HOUR_MINUTES, houseUsage, type Part, partsOf, summed, type UsageSum } from './usage-totals.ts'

/** The number of rows per transaction. It is small, so that other writes can run in between. */
const CHUNK = 200

export const usageStore = (engine: Engine): Omit<UsageStore, 'addTimes' | 'times'> => ({
  async add(counts, lastUsed, networks) {
    // The rows are sorted, so that two processes that write the same rows cannot deadlock.
    const sorted = counts.toSorted((a, b) => compare(countKey(a), countKey(b)))
    for (const some of chunks(sorted)) await engine.write(tx => addCounts(tx, some))
    const seen = networks.toSorted((a, b) => compare(networkKey(a), networkKey(b)))
    for (const some of chunks(seen)) await engine.write(tx => addNetworks(tx, some))
    await writeLastUsed(engine, lastUsed)
  },

  addIssues: issues => writeIssues(engine, issues),

  async neverAccepted(clientIds) {
    if (clientIds.length === 0) return []
    const rows = await engine.db
      .selectFrom('clients')
      .select('id')
      .where('id', 'in', clientIds)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('usage_owners')
              .select('owner')
              .whereRef('owner', '=', 'clients.id')
              .where('outcome', '=', 'valid')
              .limit(1),
          ),
        ),
      )
      .execute()
    return rows.map(({ id }) => id)
  },

  ...networks(engine),

  async read({ since, until, bucketMinutes, ...of }) {
    const span = { since: minuteOf(since), until: minuteOf(until) }
    const all = Object.values(of).every(one => one === undefined)
    const sums = all
      ? await houseUsage(engine.db, span, bucketMinutes)
      : (
          await Promise.all(partsOf(span, bucketMinutes).map(part => readPart(engine.db, part, of, bucketMinutes)))
        ).flat()
    return summed(sums, sum => `${sum.minute} ${sum.kind} ${sum.outcome}`)
      .sort((a, b) => a.minute - b.minute)
      .map(({ minute, ...sum }) => ({ at: minute * 60_000, ...sum }))
  },
})

/** Reads whole hours of an owner from their sums; adds up all other parts from the single counts. */
async function readPart(db: Kysely<Tables>, part: Part, of: UsageOf, bucketMinutes: number): Promise<UsageSum[]> {
  const owner = of.userId ?? of.clientId
  if (owner !== undefined && part.grain === HOUR_MINUTES) return ownerUsage(db, owner, part, bucketMinutes)
  const bucket = sql<number>`(minute - minute % ${sql.lit(bucketMinutes)})`
  const rows = await db
    .selectFrom('usage')
    .select(eb => [bucket.as('bucket'), 'kind', 'outcome', eb.fn.sum<number>('count').as('count')])
    .where('credential_id', 'in', countedOf(db, of))
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
    .values(counts.map(({ countedBy, ...rest }) => ({ credential_id: countedBy, ...rest })))
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
    .values(uses.map(({ countedBy, network, at }) => ({ credential_id: countedBy, network, last_at: at })))
    .onConflict(c =>
      c.columns(['credential_id', 'network']).doUpdateSet(eb => ({ last_at: eb.ref('excluded.last_at') })),
    )
    .execute()

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += CHUNK) yield all.slice(i, i + CHUNK)
}

export const minuteOf = (at: number): number => Math.floor(at / 60_000)
const countKey = (one: UsageCount): string => `${one.minute} ${one.countedBy} ${one.outcome}`
const networkKey = (one: NetworkUse): string => `${one.countedBy} ${one.network}`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
