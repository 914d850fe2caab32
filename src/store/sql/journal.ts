import type { StoredJournalEntry } from '../../model/journal.ts'
import type { JournalStore } from '../../ports/stores.ts'
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
    if (cursor) query = query.where('id', '<', readCursor(cursor, 'number')[0])
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
