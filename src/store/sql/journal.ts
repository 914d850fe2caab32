import { sql } from 'kysely'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { JournalStore, UsageStore } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
import { cutPage, readCursor } from './paging.ts'
import { fromJournalEntry } from './rows.ts'

export const journalStore = (engine: Engine): JournalStore => ({
  append: entries => engine.insert({ journal: entries.map(fromJournalEntry) }),
  async list(filter, { limit, cursor }) {
    let query = engine.db
      .selectFrom('journal')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(limit + 1)
    if (filter.event) query = query.where('event', '=', filter.event)
    if (filter.userId) query = query.where('user_id', '=', filter.userId)
    if (filter.clientId) query = query.where('client_id', '=', filter.clientId)
    if (filter.credentialId) query = query.where('credential_id', '=', filter.credentialId)
    if (filter.requestId) query = query.where('request_id', '=', filter.requestId)
    if (filter.since !== undefined) query = query.where('at', '>=', filter.since)
    if (cursor) query = query.where('id', '<', readCursor(cursor)[0] as number)
    return cutPage(await query.execute(), limit, toEntry, row => [row.id])
  },
})

type Row = { id: number } & ReturnType<typeof fromJournalEntry>
const toEntry = (row: Row): StoredJournalEntry => {
  const entry = { id: row.id, at: row.at, event: row.event, about: row.about, actor: row.actor } as StoredJournalEntry
  if (row.about_id !== null) entry.aboutId = row.about_id
  if (row.user_id !== null) entry.userId = row.user_id
  if (row.client_id !== null) entry.clientId = row.client_id
  if (row.credential_id !== null) entry.credentialId = row.credential_id
  if (row.reason !== null) entry.reason = row.reason
  if (row.request_id !== null) entry.requestId = row.request_id
  if (row.ip !== null) entry.ip = row.ip
  if (row.detail !== null) entry.detail = JSON.parse(row.detail)
  return entry
}

export const usageStore = (engine: Engine): UsageStore => ({
  add: (counts, lastUsed) =>
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
      for (const [id, at] of lastUsed) {
        await tx
          .updateTable('credentials')
          .set({ last_used_at: at })
          .where('fingerprint', '>=', id)
          .where('fingerprint', '<', `${id}~`)
          .execute()
      }
    }),
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
