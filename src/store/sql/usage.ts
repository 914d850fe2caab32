import { type Kysely, sql } from 'kysely'
import type { UsageStore } from '../../ports/usage.ts'
import type { Engine } from '../engine.ts'
import type { Tables } from '../tables.ts'

/** Questions about all of a user or client look at this many of their newest credentials. */
const NEWEST = 10_000

export const usageStore = (engine: Engine): UsageStore => ({
  add: (counts, lastUsed, networks) =>
    engine.write(async tx => {
      for (let i = 0; i < counts.length; i += 100) {
        const rows = counts.slice(i, i + 100).map(({ minute, credentialId, kind, outcome, count }) => ({
          minute,
          credential_id: credentialId,
          kind,
          outcome,
          count,
        }))
        await tx
          .insertInto('usage')
          .values(rows)
          .onConflict(c =>
            c
              .columns(['minute', 'credential_id', 'outcome'])
              .doUpdateSet(eb => ({ count: eb('usage.count', '+', eb.ref('excluded.count')) })),
          )
          .execute()
      }
      for (let i = 0; i < networks.length; i += 100) {
        const rows = networks
          .slice(i, i + 100)
          .map(({ credentialId, network, at }) => ({ credential_id: credentialId, network, last_at: at }))
        await tx
          .insertInto('usage_networks')
          .values(rows)
          .onConflict(c =>
            c.columns(['credential_id', 'network']).doUpdateSet(eb => ({ last_at: eb.ref('excluded.last_at') })),
          )
          .execute()
      }
      for (const [id, at] of lastUsed) {
        await tx
          .updateTable('credentials')
          .set({ last_used_at: at })
          .where('fingerprint', '>=', id)
          .where('fingerprint', '<', `${id}~`)
          .execute()
      }
    }),

  async read({ since, until, bucketMinutes, ...of }) {
    const bucket = sql<number>`(minute - minute % ${sql.lit(bucketMinutes)})`
    let query = engine.db
      .selectFrom('usage')
      .select(eb => [bucket.as('bucket'), 'kind', 'outcome', eb.fn.sum<number>('count').as('count')])
      .where('minute', '>=', Math.floor(since / 60_000))
      .where('minute', '<=', Math.floor(until / 60_000))
      .groupBy([bucket, 'kind', 'outcome'])
      .orderBy('bucket')
    if (of.credentialId ?? of.userId ?? of.clientId) query = query.where('credential_id', 'in', idsOf(engine.db, of))
    return (await query.execute()).map(row => ({
      at: row.bucket * 60_000,
      kind: row.kind,
      outcome: row.outcome,
      count: Number(row.count),
    }))
  },

  async forgetNetworks(before) {
    await engine.write(tx => tx.deleteFrom('usage_networks').where('last_at', '<', before).execute())
  },
})

type Of = { credentialId?: string; userId?: string; clientId?: string }

/** The newest credentials of a user or client, or the one that is named. */
export function newestOf(db: Kysely<Tables>, of: Of) {
  let query = db.selectFrom('credentials').selectAll().orderBy('created_at', 'desc').limit(NEWEST)
  if (of.credentialId !== undefined)
    query = query.where('fingerprint', '>=', of.credentialId).where('fingerprint', '<', `${of.credentialId}~`)
  if (of.userId !== undefined) query = query.where('user_id', '=', of.userId)
  if (of.clientId !== undefined) query = query.where('client_id', '=', of.clientId)
  return query
}

/** Their ids, as a statement to select from. */
export const idsOf = (db: Kysely<Tables>, of: Of) =>
  db.selectFrom(newestOf(db, of).as('newest')).select(sql<string>`substr(fingerprint, 1, 24)`.as('id'))
