import { sql } from 'kysely'
import type { UsageCount, UsageStore } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { hasId } from './rows.ts'

/** Rows per transaction: small enough that issuing and revoking go on in between. */
const CHUNK = 200
/** When a credential was last used is kept to the minute, so that steady use costs one write a minute. */
const EXACTNESS = 60_000

export const usageStore = (engine: Engine): UsageStore => ({
  async add(counts, lastUsed) {
    // Sorted, so that two processes that write the same rows do not wait for each other in a circle.
    const rows = counts.map(toRow).sort((a, b) => compare(keyOf(a), keyOf(b)))
    const uses = [...lastUsed].sort(([a], [b]) => compare(a, b))
    for (const some of chunks(rows)) await addCounts(engine, some)
    for (const some of chunks(uses)) await writeLastUsed(engine, some)
  },

  async read({ since, until, bucketMinutes, credentialId }) {
    const bucket = sql<number>`(minute - minute % ${sql.lit(bucketMinutes)})`
    let query = engine.db
      .selectFrom('usage')
      .select(eb => [bucket.as('bucket'), 'kind', 'outcome', eb.fn.sum<number>('count').as('count')])
      .where('minute', '>=', Math.floor(since / 60_000))
      .where('minute', '<=', Math.floor(until / 60_000))
      .groupBy([bucket, 'kind', 'outcome'])
      .orderBy('bucket')
    if (credentialId) query = query.where('credential_id', '=', credentialId)
    return (await query.execute()).map(row => ({
      at: row.bucket * 60_000,
      kind: row.kind,
      outcome: row.outcome,
      count: Number(row.count),
    }))
  },
})

const addCounts = (engine: Engine, rows: Tables['usage'][]): Promise<unknown> =>
  engine.write(tx =>
    tx
      .insertInto('usage')
      .values(rows)
      .onConflict(c =>
        c
          .columns(['minute', 'credential_id', 'outcome'])
          .doUpdateSet(eb => ({ count: eb('usage.count', '+', eb.ref('excluded.count')) })),
      )
      .execute(),
  )

const writeLastUsed = (engine: Engine, uses: [string, number][]): Promise<void> =>
  engine.write(async tx => {
    for (const [id, at] of uses) {
      await tx
        .updateTable('credentials')
        .set({ last_used_at: at })
        .where(hasId(id))
        .where(eb => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', at - EXACTNESS)]))
        .execute()
    }
  })

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += CHUNK) yield all.slice(i, i + CHUNK)
}

const toRow = ({ minute, credentialId, kind, outcome, count }: UsageCount): Tables['usage'] => ({
  minute,
  credential_id: credentialId,
  kind,
  outcome,
  count,
})
const keyOf = (row: Tables['usage']): string => `${row.minute} ${row.credential_id} ${row.outcome}`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
