import { type Kysely, sql } from 'kysely'
import type { CountedBy } from '../../model/counted-by.ts'
import type { UsageCount } from '../../ports/usage.ts'
import type { Transaction } from '../engine.ts'
import type { Tables } from '../tables.ts'

/*
 * Counts are kept three times, written together: per credential and minute for one credential's chart (statements by their
 * grant or client, model/counted-by.ts), per credential and hour for bars and for who is busiest, and of the house as a whole for its charts. So what a chart reads depends on
 * how long it is, and never on how many credentials there are.
 */

export const HOUR_MINUTES = 60

/** Rows of one statement must not meet twice, and in one order everywhere, so no deadlock. */
export function summed<Row extends { count: number }>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const known = sums.get(keyOf(row))
    sums.set(keyOf(row), known ? { ...row, count: known.count + row.count } : row)
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

export async function addTotals(tx: Transaction, counts: readonly UsageCount[]): Promise<void> {
  const hours = counts.map(({ countedBy, minute, outcome, count }) => ({
    credential_id: countedBy,
    hour: minute - (minute % HOUR_MINUTES),
    refused: outcome === 'valid' ? 0 : 1,
    count,
  }))
  const installation = [1, HOUR_MINUTES].flatMap(grain =>
    counts.map(({ minute, kind, outcome, count }) => ({
      grain,
      minute: minute - (minute % grain),
      kind,
      outcome,
      count,
    })),
  )
  await tx
    .insertInto('usage_hours')
    .values(summed(hours, row => `${row.credential_id} ${row.hour} ${row.refused}`))
    .onConflict(c =>
      c
        .columns(['credential_id', 'hour', 'refused'])
        .doUpdateSet(eb => ({ count: eb('usage_hours.count', '+', eb.ref('excluded.count')) })),
    )
    .execute()
  await tx
    .insertInto('usage_house')
    .values(summed(installation, row => `${row.grain} ${row.minute} ${row.kind} ${row.outcome}`))
    .onConflict(c =>
      c
        .columns(['grain', 'minute', 'kind', 'outcome'])
        .doUpdateSet(eb => ({ count: eb('usage_house.count', '+', eb.ref('excluded.count')) })),
    )
    .execute()
}

type Span = { since: number; until: number }
/** Minutes of which the sums are read, the last one included. */
export type Part = { grain: number; from: number; to: number }

/** A span in whole hours as far as they go, the minutes before and after them one by one. */
export function partsOf({ since, until }: Span, bucketMinutes: number): Part[] {
  const first = Math.ceil(since / HOUR_MINUTES) * HOUR_MINUTES
  const end = Math.floor((until + 1) / HOUR_MINUTES) * HOUR_MINUTES
  if (bucketMinutes % HOUR_MINUTES !== 0 || first >= end) return [{ grain: 1, from: since, to: until }]
  return [
    { grain: 1, from: since, to: first - 1 },
    { grain: HOUR_MINUTES, from: first, to: end - 1 },
    { grain: 1, from: end, to: until },
  ].filter(({ from, to }) => from <= to)
}

export type UsageSum = { minute: number; kind: string; outcome: string; count: number }

/** What the whole house did, in buckets. Minutes since the epoch, the last one included. */
export async function houseUsage(db: Kysely<Tables>, span: Span, bucketMinutes: number): Promise<UsageSum[]> {
  const bucket = sql<number>`(minute - minute % ${sql.lit(bucketMinutes)})`
  const read = ({ grain, from, to }: Part) =>
    db
      .selectFrom('usage_house')
      .select([bucket.as('bucket'), 'kind', 'outcome', sql<number>`sum(count)`.as('n')])
      .where('grain', '=', grain)
      .where('minute', '>=', from)
      .where('minute', '<=', to)
      .groupBy([bucket, 'kind', 'outcome'])
      .execute()
  const rows = (await Promise.all(partsOf(span, bucketMinutes).map(read))).flat()
  const counts = rows.map(row => ({
    minute: Number(row.bucket),
    kind: row.kind,
    outcome: row.outcome,
    count: Number(row.n),
  }))
  return summed(counts, row => `${row.minute} ${row.kind} ${row.outcome}`).sort((a, b) => a.minute - b.minute)
}

/** How many of the busiest of each hour are looked at to find the busiest of all: more than any list shows. */
const CANDIDATES = 50

/** The first of all is the first of some hour. */
export async function leaders(db: Kysely<Tables>, { since, until }: Span, refused: 0 | 1): Promise<string[]> {
  const found = new Set<string>()
  for (let hour = since - (since % HOUR_MINUTES); hour <= until; hour += HOUR_MINUTES) {
    const led = db.selectFrom('usage_hours').select('credential_id').where('hour', '=', hour)
    const rows = await led.where('refused', '=', refused).orderBy('count', 'desc').limit(CANDIDATES).execute()
    for (const row of rows) found.add(row.credential_id)
  }
  return [...found]
}

/** The busiest, or most refused, in these hours. */
export async function busiest(
  db: Kysely<Tables>,
  span: Span,
  { refused, limit }: { refused: 0 | 1; limit: number },
): Promise<{ countedBy: CountedBy; count: number }[]> {
  const rows = []
  for (const ids of chunks(await leaders(db, span, refused)))
    rows.push(
      ...(await db
        .selectFrom('usage_hours')
        .select(['credential_id', sql<number>`sum(count)`.as('n')])
        .where('credential_id', 'in', ids)
        .where('hour', '>=', span.since - (span.since % HOUR_MINUTES))
        .where('hour', '<=', span.until)
        .where('refused', '=', refused)
        .groupBy('credential_id')
        .execute()),
    )
  return rows
    .map(row => ({ countedBy: row.credential_id, count: Number(row.n) }))
    .sort((a, b) => b.count - a.count)
    .slice(0, limit)
}

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += 500) yield all.slice(i, i + 500)
}

/** After rows of `usage` were taken away: what is put together of them is made anew. */
export async function sumAgain(tx: Transaction): Promise<void> {
  await tx.deleteFrom('usage_house').execute()
  for (const grain of [1, HOUR_MINUTES])
    await sql`
      insert into usage_house (grain, minute, kind, outcome, count)
      select ${sql.lit(grain)}, minute - minute % ${sql.lit(grain)}, kind, outcome, sum(count)
      from usage group by 2, 3, 4`.execute(tx)
}
