import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { JournalFilter, JournalStore } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { scanBoundedByNumber } from './bounded-scan.ts'
import { cursorAt, literally } from './paging.ts'
import { fromJournalEntry } from './rows.ts'

export const journalStore = (engine: Engine): JournalStore => ({
  append: entries => engine.insert({ journal: entries.map(fromJournalEntry) }),
  cursorAfter: ({ id }) => cursorAt([id]),
  async list(filter, page) {
    const eb = expressionBuilder<Tables, 'journal'>()
    const walked = indexed(eb, filter)
    const entries = engine.db
      .selectFrom('journal')
      .where(walked)
      .where('id', '<=', await engine.journalEnd())
    return scanBoundedByNumber({
      column: 'id',
      page,
      numberAt: async (between, direction, offset) =>
        (await entries.select('id').where(between).orderBy('id', direction).offset(offset).limit(1).executeTakeFirst())
          ?.id,
      read: (between, direction, limit) =>
        entries.selectAll().where(between).where(matching(filter)).orderBy('id', direction).limit(limit).execute(),
      shape: toEntry,
      numberOf: row => row.id,
    })
  },
})

type Conditions = ReturnType<typeof expressionBuilder<Tables, 'journal'>>

/** The condition whose index is walked; the other conditions are checked row by row. */
function indexed(eb: Conditions, filter: JournalFilter): Expression<SqlBool> {
  if (filter.requestId !== undefined) return eb('request_id', '=', filter.requestId)
  if (filter.userId !== undefined) return eb('user_id', '=', filter.userId)
  return eb.and([])
}

const COLUMNS = {
  event: 'event',
  userId: 'user_id',
  clientId: 'client_id',
  credentialId: 'credential_id',
  requestId: 'request_id',
  actor: 'actor',
  about: 'about',
  ip: 'ip',
} as const satisfies Partial<Record<keyof JournalFilter, keyof Tables['journal']>>

function matching(filter: JournalFilter): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'journal'>()
  const all: Expression<SqlBool>[] = []
  for (const [key, column] of Object.entries(COLUMNS)) {
    const value = filter[key as keyof typeof COLUMNS]
    if (value !== undefined) all.push(eb(column, '=', value))
  }
  if (filter.events) all.push(eb('event', 'in', filter.events))
  if (filter.reasons) all.push(eb('reason', 'in', filter.reasons))
  if (filter.api) all.push(atApi(eb, filter.api))
  if (filter.mentions) all.push(mentioning(eb, filter.mentions))
  if (filter.since !== undefined) all.push(eb('at', '>=', filter.since))
  if (filter.until !== undefined) all.push(eb('at', '<=', filter.until))
  return eb.and(all)
}

/** The API is the actor, the subject of the entry, or the audience in the request. */
const atApi = (eb: Conditions, { clientId, audience }: NonNullable<JournalFilter['api']>): Expression<SqlBool> =>
  eb.or([
    eb('actor', '=', clientId),
    eb('client_id', '=', clientId),
    eb.and([eb('about', '=', 'resource'), eb('about_id', '=', audience)]),
    contains('detail', JSON.stringify(audience)),
  ])

const IDS = ['user_id', 'client_id', 'credential_id', 'actor', 'about_id'] as const
const TEXTS = ['about_id', 'reason', 'request_id', 'ip', 'detail'] as const
const mentioning = (eb: Conditions, { ids, text }: NonNullable<JournalFilter['mentions']>): Expression<SqlBool> =>
  eb.or([
    ...(ids.length === 0 ? [] : IDS.map(column => eb(column, 'in', ids))),
    ...TEXTS.map(column => contains(column, text)),
  ])

const contains = (column: (typeof TEXTS)[number], text: string): Expression<SqlBool> =>
  sql<SqlBool>`lower(${sql.ref(column)}) like ${`%${literally(text)}%`} escape '!'`

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
