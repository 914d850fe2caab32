import { type Expression, expressionBuilder, type SqlBool } from 'kysely'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { JournalFilter, JournalStore } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { cursorAt, cutPage, ORDERS, readCursor } from './paging.ts'
import { fromJournalEntry } from './rows.ts'

export const journalStore = (engine: Engine): JournalStore => ({
  append: entries => engine.insert({ journal: entries.map(fromJournalEntry) }),
  async list(filter, { limit, cursor, order = 'newest' }) {
    const { direction, beyond } = ORDERS[order]
    let query = engine.db
      .selectFrom('journal')
      .selectAll()
      .orderBy('id', direction)
      .limit(limit + 1)
      .where(matching(filter))
    const after = cursor === undefined ? undefined : readCursor(cursor, 'number')[0]
    if (after !== undefined) query = query.where('id', beyond, after)
    if (isIndexed(filter)) return cutPage(await query.execute(), limit, toEntry, row => [row.id])

    const start = after ?? (await edge(engine, order))
    const end = order === 'newest' ? start - STRETCH : start + STRETCH
    const rows = await query.where('id', order === 'newest' ? '>=' : '<=', end).execute()
    const page = cutPage(rows, limit, toEntry, row => [row.id])
    if (page.nextCursor === undefined && (await anyBeyond(engine, end, beyond))) page.nextCursor = cursorAt([end])
    return page
  },
})

/** How many entries one page may look through for a filter that has no index. */
const STRETCH = 100_000
const isIndexed = (filter: JournalFilter): boolean =>
  filter.userId !== undefined || filter.requestId !== undefined || Object.keys(filter).length === 0

async function edge({ db }: Engine, order: 'newest' | 'oldest'): Promise<number> {
  const row = await db
    .selectFrom('journal')
    .select('id')
    .orderBy('id', ORDERS[order].direction)
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? 0
}

const anyBeyond = async ({ db }: Engine, id: number, beyond: '<' | '>'): Promise<boolean> =>
  (await db.selectFrom('journal').select('id').where('id', beyond, id).limit(1).executeTakeFirst()) !== undefined

const COLUMNS = {
  event: 'event',
  userId: 'user_id',
  clientId: 'client_id',
  credentialId: 'credential_id',
  requestId: 'request_id',
  actor: 'actor',
  about: 'about',
  reason: 'reason',
  ip: 'ip',
} as const satisfies Partial<Record<keyof JournalFilter, keyof Tables['journal']>>

function matching(filter: JournalFilter): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'journal'>()
  const all: Expression<SqlBool>[] = []
  for (const [key, column] of Object.entries(COLUMNS)) {
    const value = filter[key as keyof typeof COLUMNS]
    if (value !== undefined) all.push(eb(column, '=', value))
  }
  if (filter.since !== undefined) all.push(eb('at', '>=', filter.since))
  if (filter.until !== undefined) all.push(eb('at', '<=', filter.until))
  return eb.and(all)
}

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
